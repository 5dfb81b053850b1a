package io.eventstream.storage;

import io.eventstream.contract.StorageUnderTest.BusinessTransaction;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import java.util.List;
import java.util.Set;

/**
 * A process that sends until it is killed. On its output stands a line for each message whose sending returned. A message
 * is named round/thread/count/part; the parts are sent together.
 */
final class CrashingSender {

    static final String ACKNOWLEDGED = "acknowledged ";
    static final String READY = "ready";
    static final int THREADS = 4;
    static final int PARTS = 3;

    private final LocalTransactions local;
    private final CrashingTransactions transactions;
    private final EventStorage storage;
    private final String round;

    private CrashingSender(String provider, String url, String round, CrashPoint point, int times) {
        this.local = new LocalTransactions(new JpaUnit(provider, url, SchemaSource.SCRIPT).open());
        this.transactions = new CrashingTransactions(local, point, times);
        this.storage = JpaEventStorage.open(transactions, JpaNodes.LOCK_LIMIT);
        transactions.arm();
        this.round = round;
    }

    public static void main(String[] arguments) {
        var sender = new CrashingSender(
                arguments[0],
                arguments[1],
                arguments[2],
                CrashPoint.valueOf(arguments[3]),
                Integer.parseInt(arguments[4]));
        say(READY);
        for (int thread = 0; thread < THREADS; thread++) {
            String name = sender.round + "/" + thread;
            boolean joins = thread % 2 == 0;
            new Thread(() -> sender.send(name, joins)).start();
        }
    }

    static Set<String> channels(String round) {
        return Set.of(round + "-a", round + "-b");
    }

    private List<EncodedMessage> messages(String name) {
        return List.of(
                new EncodedMessage(round + "-a", "message", name + "/0", Set.of()),
                new EncodedMessage(round + "-b", "message", name + "/1", Set.of()),
                new EncodedMessage(round + "-a", "message", name + "/2", Set.of()));
    }

    private void send(String name, boolean joins) {
        for (int count = 0; ; count++) {
            List<EncodedMessage> messages = messages(name + "/" + count);
            if (joins) {
                join(messages);
            } else {
                storage.append(messages);
            }
            messages.forEach(message -> say(ACKNOWLEDGED + message.data()));
        }
    }

    private void join(List<EncodedMessage> messages) {
        try (BusinessTransaction transaction = local.begin()) {
            messages.forEach(message -> transaction.run(() -> storage.join(message)));
            transactions.passed(CrashPoint.BEFORE_BUSINESS_COMMIT);
            transaction.commit();
        }
        transactions.passed(CrashPoint.BEFORE_NUMBERING);
        storage.number(channels(round), 100);
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
