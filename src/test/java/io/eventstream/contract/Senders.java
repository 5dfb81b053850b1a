package io.eventstream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.contract.StorageUnderTest.BusinessTransaction;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Many senders at once, on all nodes, by each way that the storage has; and what must hold afterwards. */
final class Senders {

    private final StorageUnderTest storage;
    private final List<String> channels;
    private final AtomicLong clock = new AtomicLong();
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final Set<String> rolledBack = ConcurrentHashMap.newKeySet();

    /** When a send began, and when the commit had returned. */
    private record Sent(long begun, long committed) {}

    Senders(StorageUnderTest storage, List<String> channels) {
        this.storage = storage;
        this.channels = channels;
    }

    /** Each sends so many messages; returns when all have a number. */
    void run(int senders, int each) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(senders);
        try {
            var start = new CyclicBarrier(senders);
            List<Future<?>> running = new ArrayList<>();
            for (int sender = 0; sender < senders; sender++) {
                int number = sender;
                running.add(threads.submit(() -> {
                    start.await();
                    send(number, each);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        storage.node(0).number(new HashSet<>(channels), Integer.MAX_VALUE);
    }

    private void send(int sender, int each) {
        var random = new Random(sender);
        for (int i = 0; i < each; i++) {
            String data = sender + "/" + i;
            String channel = channels.get(random.nextInt(channels.size()));
            int node = random.nextInt(StorageUnderTest.NODES);
            long begun = clock.incrementAndGet();
            if (random.nextBoolean() || !storage.node(node).joins()) {
                storage.node(node).append(List.of(message(channel, data)));
            } else if (!joined(random, node, channel, data)) {
                continue;
            }
            sent.put(data, new Sent(begun, clock.incrementAndGet()));
            if (random.nextInt(3) == 0) {
                storage.node(random.nextInt(StorageUnderTest.NODES)).number(Set.of(channel), 100);
            }
        }
    }

    private boolean joined(Random random, int node, String channel, String data) {
        try (BusinessTransaction transaction = storage.begin(node)) {
            transaction.run(() -> storage.node(node).join(message(channel, data)));
            if (random.nextInt(4) == 0) {
                rolledBack.add(data);
                return false;
            }
            transaction.commit();
            return true;
        }
    }

    private static EncodedMessage message(String channel, String data) {
        return new EncodedMessage(channel, "message", data, Set.of());
    }

    /** Nothing lost, nothing repeated, nothing of a rolled-back transaction, no gap, and in the promised order. */
    void verify() {
        Map<String, Integer> times = new HashMap<>();
        for (String channel : channels) {
            List<StoredEvent> events = Pages.all(storage.node(1), channel);
            events.forEach(event -> times.merge(event.data(), 1, Integer::sum));
            verifyOrder(events);
        }
        assertThat(times.keySet()).isEqualTo(sent.keySet());
        assertThat(rolledBack).doesNotContainAnyElementsOf(times.keySet());
        assertThat(times.values()).allMatch(count -> count == 1);
    }

    /** A message whose commit returned before another's send began must have the smaller number. */
    private void verifyOrder(List<StoredEvent> events) {
        long latestBegun = 0;
        for (StoredEvent event : events) {
            Sent one = sent.get(event.data());
            assertThat(one).as(event.data()).isNotNull();
            assertThat(one.committed())
                    .as("the commit of %s, against the begin of one with a smaller number", event)
                    .isGreaterThan(latestBegun);
            latestBegun = Math.max(latestBegun, one.begun());
        }
    }
}
