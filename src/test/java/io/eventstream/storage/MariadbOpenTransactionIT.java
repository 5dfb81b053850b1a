package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.contract.StorageUnderTest.BusinessTransaction;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.NumberedEvent;
import io.eventstream.spi.StoredEvent;
import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.MariaDbServer;
import io.eventstream.testing.Nightly;
import io.eventstream.testing.WithoutServer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A business transaction that has sent and stays open holds up nobody who sends on the same channel: on MariaDB, whose default
 * isolation locks gaps, and gives up after 50 seconds of waiting.
 */
@WithoutServer
@ExtendWith(DatabaseExtension.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MariadbOpenTransactionIT {

    private static final int SENDERS = 4;
    private static final Duration OPEN = Duration.ofSeconds(60);
    /** Far more than a send takes, far less than what a wait for the open transaction would. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final JpaNodes nodes;
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final List<StoredMessages> messages;

    MariadbOpenTransactionIT(MariaDbServer server) {
        nodes = new JpaNodes(new JpaUnit("eclipselink", server.database("open_transaction"), SchemaSource.SCRIPT));
        messages = IntStream.range(0, 2)
                .mapToObj(node -> StorageFixtures.stored(nodes.node(node), this::deliver))
                .toList();
    }

    @AfterEach
    void end() {
        messages.forEach(StoredMessages::close);
        nodes.close();
    }

    private void deliver(List<StoredEvent> events) {
        events.forEach(event -> delivered.add(event.data()));
    }

    private static EncodedMessage message(String channel, String data) {
        return new EncodedMessage(channel, "message", data, Set.of());
    }

    /** {@return its number, once it has one} */
    private long send(int sender, String channel, String data) {
        int node = sender % messages.size();
        StoredMessages sending = messages.get(node);
        if (sender < SENDERS / 2) {
            return sending.append(List.of(message(channel, data)))
                    .orTimeout(AT_ONCE.toSeconds(), TimeUnit.SECONDS)
                    .join()
                    .get(0)
                    .number();
        }
        try (BusinessTransaction transaction = nodes.begin(node)) {
            long key = transaction.run(() -> sending.join(message(channel, data)));
            transaction.commit();
            return sending.committed(channel, key)
                    .orTimeout(AT_ONCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    /** Senders on two nodes, outside of transactions and in them, until it is enough. */
    private void sendUntil(BooleanSupplier enough, String channel, Collection<Long> numbers) {
        CompletableFuture<?>[] senders = IntStream.range(0, SENDERS)
                .mapToObj(sender -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; !enough.getAsBoolean(); i++) {
                                String data = channel + "/" + sender + "/" + i;
                                numbers.add(send(sender, channel, data));
                                assertThat(delivered.contains(data))
                                        .as("%s is delivered", data)
                                        .isTrue();
                            }
                        },
                        run -> new Thread(run).start()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(senders).join();
    }

    private void verifyThatNobodyWaits(String channel, IntPredicate enough) {
        String last = channel + "/open";
        Queue<Long> numbers = new ConcurrentLinkedQueue<>();
        try (BusinessTransaction open = nodes.begin(0)) {
            long key = open.run(() -> messages.get(0).join(message(channel, last)));

            var count = new AtomicInteger();
            sendUntil(() -> enough.test(count.getAndIncrement()), channel, numbers);
            int meanwhile = numbers.size();
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, meanwhile).boxed().toList());
            assertThat(delivered).doesNotContain(last);

            open.commit();
            assertThat(messages.get(0).committed(channel, key).join()).isEqualTo(meanwhile + 1);
            assertThat(delivered).contains(last);
        }
    }

    @Test
    void holdsUpNobodyWhoSendsOnTheSameChannel() {
        verifyThatNobodyWaits("brief", sent -> sent >= 40);
    }

    @Test
    @Nightly
    void holdsUpNobodyForAMinute() {
        long begun = System.nanoTime();

        verifyThatNobodyWaits("minute", sent -> System.nanoTime() - begun >= OPEN.toNanos());
    }

    /** A table of three rows is scanned rather than looked up by key, unless the statement forbids it; and a scan waits. */
    @Test
    void holdsUpNobodyHoweverFewRowsThereAre() {
        for (int rows = 1; rows <= 8; rows++) {
            nodes.transactions(0)
                    .own(em -> em.createNativeQuery("TRUNCATE TABLE eventstream_event")
                            .executeUpdate());
            String channel = "few" + rows;
            List<String> few =
                    IntStream.range(0, rows).mapToObj(i -> channel + "/" + i).toList();
            try (BusinessTransaction open = nodes.begin(0);
                    BusinessTransaction brief = nodes.begin(1)) {
                open.run(() -> nodes.node(0).join(message(channel, "open")));
                few.forEach(data -> brief.run(() -> nodes.node(1).join(message(channel, data))));
                brief.commit();

                List<NumberedEvent> numbered = CompletableFuture.supplyAsync(
                                () -> nodes.node(1).number(Set.of(channel), 100))
                        .orTimeout(AT_ONCE.toSeconds(), TimeUnit.SECONDS)
                        .join();

                assertThat(numbered).extracting(one -> one.event().data()).isEqualTo(few);
                open.commit();
            }
        }
    }

    /** What would happen if sending locked the counter until the commit: that the tests above can fail. */
    @Test
    void wouldHoldUpOthersIfItLockedTheCounter() {
        send(0, "locked", "so that there is a counter");
        CompletableFuture<List<StoredEvent>> waiting;
        var open = nodes.transactions(0).begin();
        try {
            open.run(() -> nodes.transactions(0)
                    .joined(em -> em.createNativeQuery(
                                    "UPDATE eventstream_channel SET locks = locks + 1 WHERE channel = 'locked'")
                            .executeUpdate()));
            waiting = messages.get(1).append(List.of(message("locked", "waiting")));
            await().during(Duration.ofMillis(500)).atMost(AT_ONCE).until(() -> !waiting.isDone());
        } finally {
            open.close();
        }
        assertThat(waiting.join().get(0).number()).isEqualTo(2);
    }
}
