package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.contract.Pages;
import io.eventstream.contract.StorageUnderTest;
import io.eventstream.contract.StorageUnderTest.BusinessTransaction;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.NumberedEvent;
import io.eventstream.spi.StoredEvent;
import io.eventstream.storage.JpaNodes.JpaUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/**
 * Random interleavings of business transactions, appends, numberings, purges and crashes on three nodes, against a model
 * that is a few lists.
 */
abstract class StorageModel {

    private static final int TRANSACTIONS = 4;
    private static final int CHANNELS = 2;
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static JpaNodes nodes;

    /** Opened before the properties of a class, and closed after them. */
    static void open(JpaUnit unit) {
        nodes = new JpaNodes(unit);
    }

    static void close() {
        nodes.close();
    }

    enum Kind {
        JOIN,
        COMMIT,
        ROLLBACK,
        APPEND,
        NUMBER,
        PURGE,
        READ
    }

    /** What is done: in which transaction or by how much, on which channel and node. */
    record Step(Kind kind, int number, int channel, int node) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(Kind.JOIN)),
                Tuple.of(3, Arbitraries.just(Kind.COMMIT)),
                Tuple.of(1, Arbitraries.just(Kind.ROLLBACK)),
                Tuple.of(3, Arbitraries.just(Kind.APPEND)),
                Tuple.of(3, Arbitraries.just(Kind.NUMBER)),
                Tuple.of(1, Arbitraries.just(Kind.PURGE)),
                Tuple.of(2, Arbitraries.just(Kind.READ)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, TRANSACTIONS - 1),
                        Arbitraries.integers().between(0, CHANNELS - 1),
                        Arbitraries.integers().between(0, StorageUnderTest.NODES - 1))
                .as(Step::new)
                .list();
    }

    @Property(tries = 150)
    void readersSeeWhatTheModelSays(@ForAll("steps") @Size(min = 1, max = 40) List<Step> steps) {
        try (var run = new Run("run" + RUNS.incrementAndGet())) {
            steps.forEach(run::step);
            run.crash();
            for (int channel = 0; channel < CHANNELS; channel++) {
                run.number(channel, 1000, 0);
                run.read(channel, 1);
            }
        }
    }

    /** One sequence of steps, and what must be stored. */
    private static final class Run implements AutoCloseable {

        private final String name;
        private final BusinessTransaction[] open = new BusinessTransaction[TRANSACTIONS];
        private final Map<Integer, Map<Long, Waiting>> uncommitted = new HashMap<>();
        /** Committed messages without a number, by key. */
        private final Map<Long, Waiting> waiting = new TreeMap<>();

        private final Map<Integer, List<String>> numbered = new HashMap<>();
        private final Map<Integer, Integer> purged = new HashMap<>();
        private int messages;

        private record Waiting(int channel, String data) {}

        Run(String name) {
            this.name = name;
        }

        void step(Step step) {
            switch (step.kind) {
                case JOIN -> join(step.number, step.channel);
                case COMMIT -> end(step.number, true);
                case ROLLBACK -> end(step.number, false);
                case APPEND -> append(step.channel, step.number, step.node);
                case NUMBER -> number(step.channel, step.number + 1, step.node);
                case PURGE -> purge(step.channel, step.number, step.node);
                case READ -> read(step.channel, step.node);
            }
        }

        private String channel(int channel) {
            return name + "-" + channel;
        }

        private EncodedMessage message(int channel) {
            messages++;
            return new EncodedMessage(channel(channel), "message", Integer.toString(messages), Set.of());
        }

        private void join(int transaction, int channel) {
            if (open[transaction] == null) {
                open[transaction] = nodes.begin(transaction % StorageUnderTest.NODES);
            }
            int at = transaction % StorageUnderTest.NODES;
            EncodedMessage message = message(channel);
            long key = open[transaction].run(() -> nodes.node(at).join(message));
            uncommitted
                    .computeIfAbsent(transaction, t -> new HashMap<>())
                    .put(key, new Waiting(channel, message.data()));
        }

        private void end(int transaction, boolean commit) {
            BusinessTransaction ended = open[transaction];
            Map<Long, Waiting> written = uncommitted.remove(transaction);
            if (ended != null && written != null) {
                open[transaction] = null;
                if (commit) {
                    ended.commit();
                    waiting.putAll(written);
                }
                ended.close();
            }
        }

        /** What is not committed is gone. */
        void crash() {
            for (int transaction = 0; transaction < TRANSACTIONS; transaction++) {
                end(transaction, false);
            }
        }

        private void append(int channel, int more, int node) {
            List<EncodedMessage> own = new ArrayList<>();
            for (int i = 0; i <= more; i++) {
                own.add(message(channel));
            }

            var appended = nodes.node(node).append(own);

            expectNumbered(appended.older(), channel, 1000);
            own.forEach(message -> list(channel).add(message.data()));
            assertThat(appended.own().get(more).number())
                    .isEqualTo(list(channel).size());
        }

        void number(int channel, int limit, int node) {
            expectNumbered(nodes.node(node).number(Set.of(channel(channel)), limit), channel, limit);
        }

        private void expectNumbered(List<NumberedEvent> events, int channel, int limit) {
            List<Long> keys = waiting.entrySet().stream()
                    .filter(one -> one.getValue().channel == channel)
                    .map(Map.Entry::getKey)
                    .limit(limit)
                    .toList();
            assertThat(events).extracting(NumberedEvent::key).isEqualTo(keys);
            for (NumberedEvent event : events) {
                list(channel).add(waiting.remove(event.key()).data);
                assertThat(event.event().number()).isEqualTo(list(channel).size());
            }
        }

        private List<String> list(int channel) {
            return numbered.computeIfAbsent(channel, c -> new ArrayList<>());
        }

        private void purge(int channel, int more, int node) {
            int upTo = Math.min(list(channel).size(), purged.getOrDefault(channel, 0) + more);
            nodes.age(channel(channel), upTo, Duration.ofDays(10));

            long deleted = nodes.node(node)
                    .purge(one -> one.equals(channel(channel)) ? Duration.ofDays(5) : Duration.ofDays(100_000));

            assertThat(deleted).isEqualTo(upTo - purged.getOrDefault(channel, 0));
            purged.put(channel, upTo);
        }

        void read(int channel, int node) {
            int from = purged.getOrDefault(channel, 0);
            var head = nodes.node(node).heads(List.of(channel(channel))).get(channel(channel));

            assertThat(head.oldest()).isEqualTo(from + 1);
            assertThat(head.newest()).isEqualTo(list(channel).size());
            assertThat(Pages.all(nodes.node(node), channel(channel)))
                    .extracting(StoredEvent::data)
                    .isEqualTo(list(channel).subList(from, list(channel).size()));
        }

        @Override
        public void close() {
            crash();
        }
    }
}
