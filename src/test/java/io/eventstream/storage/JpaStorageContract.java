package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.contract.EventStorageContract;
import io.eventstream.contract.Pages;
import io.eventstream.contract.StorageUnderTest;
import io.eventstream.contract.StorageUnderTest.BusinessTransaction;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.NumberedEvent;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import io.eventstream.storage.JpaNodes.JpaUnit;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The contract by JPA, and the interleavings that would break it without the order of statements that there is. */
abstract class JpaStorageContract extends EventStorageContract {

    private JpaNodes nodes;

    /** A database of that name. */
    abstract JpaUnit unit(String name);

    @Override
    protected final StorageUnderTest open() {
        nodes = new JpaNodes(unit("contract"));
        return nodes;
    }

    /** Or a thousand users who come for the first time would hold up all others, who wait for the same thread. */
    @Test
    void newChannelsOfOneBatchAreMadeTogether() {
        List<EncodedMessage> messages = IntStream.range(0, 200)
                .mapToObj(i -> new EncodedMessage("at-once-" + i, "message", "1", Set.of()))
                .toList();
        List<StoredEvent> stored = nodes.node(0).append(messages).own();

        assertThat(stored).hasSize(messages.size()).allMatch(event -> event.number() == 1);
        Long locks = nodes.transactions(0)
                .own(em -> em.createQuery(
                                "SELECT SUM(c.locks) FROM EventStreamChannel c WHERE c.channel LIKE 'at-once-%'",
                                Long.class)
                        .getSingleResult());
        assertThat(locks).isLessThanOrEqualTo(2L * messages.size());
    }

    private static int makeCounters(EntityManager em, String... channels) {
        Database database = Database.of(em);
        new FirstRows(database).counters(em, List.of(channels), database.now(em));
        return channels.length;
    }

    @Test
    void aCounterThatAnotherNodeHasMadeStaysAsItIs() {
        nodes.node(0).append(List.of(new EncodedMessage("made-already", "message", "1", Set.of())));
        Map<String, ChannelHead> before = nodes.node(1).heads(List.of("made-already"));

        nodes.transactions(1).own(em -> makeCounters(em, "made-already", "made-now"));

        assertThat(nodes.node(1).heads(List.of("made-already"))).isEqualTo(before);
        ChannelHead made = nodes.node(1).heads(List.of("made-now")).get("made-now");
        assertThat(List.of(made.newest(), made.oldest())).containsExactly(0L, 1L);
        assertThat(made.born()).isPresent();
    }

    @Nested
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    class Interleavings {

        private final CountDownLatch numbered = new CountDownLatch(1);
        private final CountDownLatch mayCommit = new CountDownLatch(1);

        private void join(String channel, String data) {
            try (BusinessTransaction transaction = nodes.begin(0)) {
                transaction.run(() -> nodes.node(0).join(new EncodedMessage(channel, "message", data, Set.of())));
                transaction.commit();
            }
        }

        /** Numbers on node 0 and stops before its commit. */
        private CompletableFuture<List<NumberedEvent>> numberAndStop(String channel) {
            CompletableFuture<List<NumberedEvent>> running =
                    inThread(() -> nodes.transactions(0).own(em -> {
                        var numbering = new Numbering(em, Database.of(em), JpaNodes.LOCK_LIMIT);
                        assertThat(numbering.lock(Map.of(channel, 0))).isTrue();
                        List<NumberedEvent> events = numbering.numberWaiting(100);
                        numbering.finish();
                        numbered.countDown();
                        awaitLatch(mayCommit);
                        return events;
                    }));
            awaitLatch(numbered);
            return running;
        }

        private static <T> CompletableFuture<T> inThread(Supplier<T> work) {
            return CompletableFuture.supplyAsync(work, run -> new Thread(run).start());
        }

        private static void awaitLatch(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Waits until somebody waits for the lock: an own database of that kind has no view of locks that all share. */
        private void letCommitOnceTheOtherWaits(CompletableFuture<?> other) {
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !other.isDone());
            mayCommit.countDown();
        }

        @Test
        void twoNodesThatNumberAtOnceGiveEachMessageOneNumber() {
            nodes.node(1).append(List.of(new EncodedMessage("two-nodes", "message", "1", Set.of())));
            join("two-nodes", "2");
            CompletableFuture<List<NumberedEvent>> first = numberAndStop("two-nodes");

            // It would read the rows as they were before the first one's commit, had it read anything before the lock.
            CompletableFuture<List<NumberedEvent>> second =
                    inThread(() -> nodes.node(1).number(Set.of("two-nodes"), 100));
            letCommitOnceTheOtherWaits(second);

            assertThat(first.join()).hasSize(1);
            assertThat(second.join()).isEmpty();
            assertThat(Pages.all(nodes.node(2), "two-nodes"))
                    .extracting(StoredEvent::data)
                    .containsExactly("1", "2");
        }

        @Test
        void anAppendThatWaitsForANumberingGoesOnBehindIt() {
            nodes.node(1).append(List.of(new EncodedMessage("behind", "message", "1", Set.of())));
            join("behind", "2");
            CompletableFuture<List<NumberedEvent>> first = numberAndStop("behind");
            CompletableFuture<Long> second = inThread(() -> nodes.node(1)
                    .append(List.of(new EncodedMessage("behind", "message", "3", Set.of())))
                    .own()
                    .get(0)
                    .number());
            join("behind", "4");
            letCommitOnceTheOtherWaits(second);

            assertThat(first.join().get(0).event().number()).isEqualTo(2);
            assertThat(second.join()).isGreaterThan(2);
            nodes.node(0).number(Set.of("behind"), 100);
            assertThat(Pages.all(nodes.node(2), "behind"))
                    .extracting(StoredEvent::data)
                    .hasSize(4)
                    .startsWith("1", "2");
        }

        @Test
        void aCounterThatAnotherNodeIsAboutToMakeIsWaitedFor() {
            CompletableFuture<Integer> first =
                    inThread(() -> nodes.transactions(0).own(em -> {
                        int made = makeCounters(em, "made-at-once");
                        numbered.countDown();
                        awaitLatch(mayCommit);
                        return made;
                    }));
            awaitLatch(numbered);
            CompletableFuture<Long> second = inThread(() -> nodes.node(1)
                    .append(List.of(new EncodedMessage("made-at-once", "message", "1", Set.of())))
                    .own()
                    .get(0)
                    .number());
            letCommitOnceTheOtherWaits(second);

            assertThat(first.join()).isEqualTo(1);
            assertThat(second.join()).isEqualTo(1);
        }

        @Test
        void purgeIsDoneByOneNodeAtATime() {
            nodes.node(0).append(List.of(new EncodedMessage("leased", "message", "1", Set.of())));
            nodes.age("leased", 1, Duration.ofDays(2));
            nodes.transactions(0)
                    .own(em -> em.createNativeQuery(
                                    "UPDATE eventstream_storage SET purging_until = 9000000000000 WHERE id = 1")
                            .executeUpdate());

            long whileAnotherDoesIt = nodes.node(1)
                    .purge(channel -> channel.equals("leased") ? Duration.ofDays(1) : Duration.ofDays(365));
            nodes.transactions(0)
                    .own(em -> em.createNativeQuery("UPDATE eventstream_storage SET purging_until = 1 WHERE id = 1")
                            .executeUpdate());
            long afterItsLease = nodes.node(1)
                    .purge(channel -> channel.equals("leased") ? Duration.ofDays(1) : Duration.ofDays(365));

            assertThat(List.of(whileAnotherDoesIt, afterItsLease)).containsExactly(0L, 1L);
        }
    }

    @Nested
    class TheTables {

        @Test
        void areTheSameByTheEntitiesAndByTheScript() {
            JpaUnit one = unit("schema");
            JpaUnit other = one.withOtherSchema(unit("other_schema").url());
            one.createSchema();
            other.createSchema();

            Schema schema = Schema.of(one.url());

            assertThat(Schema.of(other.url())).isEqualTo(schema);
            assertThat(schema.columns()).hasSize(17);
            assertThat(schema.indexes())
                    .containsExactlyInAnyOrder(
                            "eventstream_event unique row_key",
                            "eventstream_event unique channel event_number",
                            "eventstream_event event_number channel",
                            "eventstream_channel unique channel",
                            "eventstream_storage unique id");
        }
    }

    @Nested
    class TablesThatAreMissing {

        @Test
        void areMadeOnceAndAreThoseOfTheScript() {
            JpaUnit unit = unit("made");
            JpaUnit byScript = unit.withOtherSchema(unit("made_by_script").url());
            byScript.createSchema();
            try (EntityManagerFactory factory = unit.open()) {
                var transactions = new LocalTransactions(factory);
                Tables.makeIfMissing(transactions);
                var identity =
                        JpaEventStorage.open(transactions, JpaNodes.LOCK_LIMIT).identity();
                Tables.makeIfMissing(transactions);

                assertThat(JpaEventStorage.open(transactions, JpaNodes.LOCK_LIMIT)
                                .identity())
                        .isEqualTo(identity);
                assertThat(Schema.of(unit.url())).isEqualTo(Schema.of(byScript.url()));
            }
        }

        @Test
        void areMadeByOneOfManyNodesThatStartAtOnce() {
            JpaUnit unit = unit("made_at_once");
            try (EntityManagerFactory factory = unit.open()) {
                var transactions = new LocalTransactions(factory);
                List<CompletableFuture<StorageIdentity>> nodes = Stream.generate(() -> Interleavings.inThread(() -> {
                            Tables.makeIfMissing(transactions);
                            return JpaEventStorage.open(transactions, JpaNodes.LOCK_LIMIT)
                                    .identity();
                        }))
                        .limit(4)
                        .toList();

                assertThat(nodes.stream().map(CompletableFuture::join).distinct())
                        .hasSize(1);
            }
        }
    }

    /** On a storage of their own, since they leave the numbers of all channels changed. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    class Generations {

        private JpaNodes contractNodes;

        @BeforeAll
        void setUpGenerations() {
            contractNodes = nodes;
            nodes = new JpaNodes(unit("generations"));
        }

        @AfterAll
        void tearDownGenerations() {
            nodes.close();
            nodes = contractNodes;
        }

        @Test
        void beginAboveAllNumbersThereWere() {
            numbersOfTheNextGenerationBeginAboveAllOthers(nodes);
        }

        @Test
        void areRaisedBehindATransactionThatStillGivesNumbersOfTheOldOne() {
            var interleaving = new Interleavings();
            nodes.node(1).append(List.of(new EncodedMessage("raised", "message", "1", Set.of())));
            interleaving.join("raised", "2");
            CompletableFuture<List<NumberedEvent>> numbering = interleaving.numberAndStop("raised");
            long generation = nodes.node(1).identity().generation() + 1;

            CompletableFuture<StorageIdentity> raised =
                    Interleavings.inThread(() -> nodes.node(1).raiseGeneration(generation));
            interleaving.letCommitOnceTheOtherWaits(raised);

            assertThat(raised.join().generation()).isEqualTo(generation);
            assertThat(numbering.join().get(0).event().number())
                    .isLessThan(raised.join().base());
            assertThat(nodes.node(2).heads(List.of("raised")).get("raised").newest())
                    .isEqualTo(raised.join().base());
        }
    }
}
