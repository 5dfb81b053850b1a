package io.eventstream.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventstream.api.ChannelPresence;
import io.eventstream.cluster.StoredPresenceNode;
import io.eventstream.contract.StorageUnderTest.BusinessTransaction;
import io.eventstream.spi.Appended;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.NumberedEvent;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link EventStorage} does. One storage for all tests of a class, so each test has channels of its own; one
 * that cannot join transactions leaves out the tests that say so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class EventStorageContract {

    private static final AtomicInteger CHANNELS = new AtomicInteger();

    private StorageUnderTest storage;

    /** Sets up an empty storage. */
    protected abstract StorageUnderTest open();

    @BeforeAll
    void setUp() {
        storage = open();
    }

    @AfterAll
    void tearDown() {
        storage.close();
    }

    private static String channel(String name) {
        return name + "-" + CHANNELS.incrementAndGet();
    }

    private EventStorage node(int index) {
        return storage.node(index);
    }

    private static EncodedMessage message(String channel, String data) {
        return new EncodedMessage(channel, "message", data, Set.of());
    }

    private List<StoredEvent> append(String channel, String... data) {
        return node(0).append(
                        Arrays.stream(data).map(text -> message(channel, text)).toList())
                .own();
    }

    /** Nodes that no transport connects use it for that. */
    @Test
    void carriesWhoListensBetweenNodes() {
        var time = new AtomicLong();
        List<StoredPresenceNode> nodes = Stream.of(0, 1)
                .map(index -> new StoredPresenceNode(node(index), time::get))
                .toList();
        Runnable turns = () -> {
            for (int i = 0; i < 3; i++) {
                time.addAndGet(Duration.ofSeconds(1).toNanos());
                nodes.forEach(StoredPresenceNode::turn);
            }
        };
        nodes.get(0).comes("ann", "a");
        Runnable end = nodes.get(1).comes("böb \uD83D\uDE00", "a");
        turns.run();
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.of("a"))
                        .isEqualTo(new ChannelPresence("a", 2, Set.of("ann", "böb \uD83D\uDE00"))));

        end.run();
        turns.run();
        assertThat(nodes.get(0).of("a").count()).isEqualTo(1);
        nodes.get(0).leave();
        nodes.get(1).turn();
        assertThat(nodes.get(1).of("a").count()).isZero();
    }

    private long joinAndCommit(int node, String channel, String data) {
        try (BusinessTransaction transaction = storage.begin(node)) {
            long key = transaction.run(() -> node(node).join(message(channel, data)));
            transaction.commit();
            return key;
        }
    }

    private List<String> stored(String channel) {
        return Pages.all(node(2), channel).stream().map(StoredEvent::data).toList();
    }

    private static List<Long> numbers(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::number).toList();
    }

    @Nested
    class Appending {

        @Test
        void numbersEachChannelFromOneInTheOrderOfTheMessages() {
            String a = channel("a");
            String b = channel("b");

            List<StoredEvent> own = node(0).append(List.of(message(b, "1"), message(a, "2"), message(b, "3")))
                    .own();

            assertThat(own).extracting(StoredEvent::channel).containsExactly(b, a, b);
            assertThat(numbers(own)).containsExactly(1L, 1L, 2L);
            assertThat(numbers(append(a, "4", "5"))).containsExactly(2L, 3L);
            assertThat(stored(a)).containsExactly("2", "4", "5");
        }

        @Test
        void storesNothingWhereThereIsNothing() {
            assertThat(node(0).append(List.of())).isEqualTo(new Appended(List.of(), List.of()));
        }

        @Test
        void storesManyAtOnceWithoutAGap() {
            String channel = channel("many");
            List<EncodedMessage> messages = IntStream.rangeClosed(1, 2500)
                    .mapToObj(i -> message(channel, Integer.toString(i)))
                    .toList();

            List<StoredEvent> own = node(1).append(messages).own();

            assertThat(own).hasSize(2500).allMatch(event -> event.data().equals(Long.toString(event.number())));
            assertThat(stored(channel))
                    .containsExactlyElementsOf(
                            own.stream().map(StoredEvent::data).toList());
        }

        @Test
        void storesDataThatIsLargerThanOneStatement() {
            String channel = channel("large");
            String large = "ä€😀x".repeat(500_000);

            append(channel, large, large, "small");

            assertThat(stored(channel)).containsExactly(large, large, "small");
        }

        @Test
        void keepsTheTimeOfNumberingByTheStoragesClock() {
            String channel = channel("time");

            List<StoredEvent> own = new ArrayList<>(append(channel, "1"));
            own.addAll(append(channel, "2"));

            assertThat(own)
                    .extracting(StoredEvent::storedAt)
                    .isSorted()
                    .allSatisfy(time -> assertThat(time)
                            .isBetween(
                                    Instant.now().minusSeconds(60),
                                    Instant.now().plusSeconds(60)));
            assertThat(Pages.all(node(1), channel)).isEqualTo(own);
        }
    }

    @Nested
    class WhatIsStored {

        static Stream<String> texts() {
            return Stream.of(
                    "",
                    " ",
                    "{\"text\":\"hello\"}",
                    "a\r\nb\rc\n\n",
                    "NUL \0 and SOH \u0001 and \u00010 and \u00011",
                    "ä ß 漢字 😀 \ud83d\udc69\u200d\ud83d\udcbb \uffff \u2028",
                    "NULL",
                    "{\"a\",\\\"b\",NULL}",
                    "quotes ' \" ` \\ ; -- /* ? :name $1 % _ */");
        }

        @ParameterizedTest
        @MethodSource("texts")
        void comesBackAsItWas(String text) {
            String channel = channel("text");
            Set<String> users = Set.of("ann", "bob,\ncarl", "ä+ %", "\0");
            var message = new EncodedMessage(channel, text.replaceAll("[\0\r\n]", ""), text, users);

            StoredEvent appended = node(0).append(List.of(message)).own().get(0);

            StoredEvent read = node(1).after(channel, 0, 10).get(0);
            assertThat(read).isEqualTo(appended);
            assertThat(new EncodedMessage(read.channel(), read.type(), read.data(), read.skipUsers()))
                    .isEqualTo(message);
        }

        @Test
        void comesBackUnderANameOfAnyCharacters() {
            String name = channel("a\n\0b\u0001\u00010,%:é");
            var message = new EncodedMessage(name, "message", "1", Set.of());
            StoredEvent appended = node(0).append(List.of(message)).own().get(0);

            assertThat(appended.channel()).isEqualTo(name);
            assertThat(node(1).after(name, 0, 10)).containsExactly(appended);
            assertThat(node(1).heads(List.of(name)).get(name).newest()).isEqualTo(appended.number());
            if (storage.node(0).joins()) {
                try (BusinessTransaction transaction = storage.begin(0)) {
                    transaction.run(() -> node(0).join(message));
                    transaction.commit();
                }
                assertThat(node(1).unnumbered()).contains(name);
                assertThat(node(1).number(Set.of(name), 10))
                        .extracting(numbered -> numbered.event().channel())
                        .containsExactly(name);
            }
        }

        @ParameterizedTest
        @MethodSource("texts")
        void comesBackAsItWasWhenItWasJoined(String text) {
            assumeTrue(storage.node(0).joins());
            String channel = channel("text");
            var message = new EncodedMessage(channel, "t", text, Set.of("ann", "bob"));
            try (BusinessTransaction transaction = storage.begin(0)) {
                transaction.run(() -> node(0).join(message));
                transaction.commit();
            }

            StoredEvent numbered = node(1).number(Set.of(channel), 10).get(0).event();

            assertThat(node(2).after(channel, 0, 10)).containsExactly(numbered);
            assertThat(new EncodedMessage(numbered.channel(), numbered.type(), numbered.data(), numbered.skipUsers()))
                    .isEqualTo(message);
        }

        @Test
        void isKeptApartForNamesThatDifferInCaseAccentsOrBlanks() {
            String one = channel("Name");
            List<String> names = List.of(
                    one,
                    one.toLowerCase(),
                    one.toUpperCase(),
                    one.replace('a', 'ä'),
                    one + " ",
                    " " + one,
                    one + "ß",
                    one + "ss",
                    "😀" + "漢".repeat(253),
                    "漢".repeat(255));

            node(0).append(names.stream().map(name -> message(name, name)).toList());

            assertThat(names).allSatisfy(name -> assertThat(stored(name)).containsExactly(name));
            assertThat(node(1).heads(names)).hasSize(names.size());
        }
    }

    @Nested
    class Joining {

        @Test
        void needsATransaction() {
            assumeTrue(storage.node(0).joins());
            assertThatIllegalStateException().isThrownBy(() -> node(0).join(message(channel("none"), "1")));
        }

        @Test
        void showsNothingBeforeTheCommit() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("open");
            try (BusinessTransaction transaction = storage.begin(0)) {
                long key = transaction.run(() -> node(0).join(message(channel, "1")));

                assertThat(node(1).unnumbered()).doesNotContain(channel);
                assertThat(node(1).number(Set.of(channel), 10)).isEmpty();
                assertThat(node(1).numbers(List.of(key))).isEmpty();
                assertThat(stored(channel)).isEmpty();

                transaction.commit();
                assertThat(node(1).unnumbered()).contains(channel);
                assertThat(stored(channel)).isEmpty();
            }
            assertThat(node(1).number(Set.of(channel), 10)).hasSize(1);
        }

        @Test
        void leavesNoTraceAfterARollback() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("rollback");
            try (BusinessTransaction transaction = storage.begin(0)) {
                transaction.run(() -> node(0).join(message(channel, "gone")));
            }

            assertThat(node(1).unnumbered()).doesNotContain(channel);
            assertThat(node(1).number(Set.of(channel), 10)).isEmpty();
            assertThat(numbers(append(channel, "1"))).containsExactly(1L);
        }

        @Test
        void keepsTheOrderOfOneSender() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("order");
            List<String> sent =
                    IntStream.range(0, 50).mapToObj(Integer::toString).toList();
            try (BusinessTransaction transaction = storage.begin(0)) {
                sent.forEach(text -> transaction.run(() -> node(0).join(message(channel, text))));
                transaction.commit();
            }

            node(1).number(Set.of(channel), 100);

            assertThat(stored(channel)).containsExactlyElementsOf(sent);
        }
    }

    @Nested
    class Numbering {

        @Test
        void tellsTheKeysOfWhatItNumberedAndDoesItOnce() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("number");
            long first = joinAndCommit(0, channel, "1");
            long second = joinAndCommit(1, channel, "2");

            List<NumberedEvent> numbered = node(2).number(Set.of(channel), 10);

            assertThat(numbered).extracting(NumberedEvent::key).containsExactly(first, second);
            assertThat(numbered).extracting(one -> one.event().data()).containsExactly("1", "2");
            assertThat(node(0).number(Set.of(channel), 10)).isEmpty();
            assertThat(node(0).numbers(List.of(first, second, second + 1_000_000)))
                    .isEqualTo(Map.of(first, 1L, second, 2L));
            assertThat(node(0).unnumbered()).doesNotContain(channel);
        }

        @Test
        void stopsAtItsLimitAndGoesOnLater() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("limit");
            for (int i = 0; i < 5; i++) {
                joinAndCommit(0, channel, Integer.toString(i));
            }

            assertThat(node(0).number(Set.of(channel), 3)).hasSize(3);
            assertThat(node(1).number(Set.of(channel), 3)).hasSize(2);
            assertThat(stored(channel)).containsExactly("0", "1", "2", "3", "4");
        }

        @Test
        void comesBeforeTheOwnMessagesOfAnAppend() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("older");
            long key = joinAndCommit(1, channel, "older");

            Appended appended = node(0).append(List.of(message(channel, "own")));

            assertThat(appended.older()).extracting(NumberedEvent::key).containsExactly(key);
            assertThat(appended.older().get(0).event().number()).isEqualTo(1);
            assertThat(numbers(appended.own())).containsExactly(2L);
            assertThat(stored(channel)).containsExactly("older", "own");
        }

        @Test
        void isDoneForAsManyChannelsAsASweepFinds() {
            assumeTrue(storage.node(0).joins());
            List<String> names =
                    IntStream.range(0, 250).mapToObj(i -> channel("sweep")).toList();
            try (BusinessTransaction transaction = storage.begin(0)) {
                names.forEach(name -> transaction.run(() -> node(0).join(message(name, "1"))));
                transaction.commit();
            }

            assertThat(node(1).number(Set.copyOf(names), 120)).hasSize(120);
            assertThat(node(1).number(Set.copyOf(names), 1000)).hasSize(130);
            assertThat(names).allSatisfy(name -> assertThat(stored(name)).containsExactly("1"));
        }

        @Test
        void takesNothingOfOtherChannels() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("mine");
            String other = channel("other");
            joinAndCommit(0, other, "1");

            assertThat(node(0).number(Set.of(channel), 10)).isEmpty();
            assertThat(node(0).append(List.of(message(channel, "1"))).older()).isEmpty();
            assertThat(node(0).unnumbered()).contains(other);
        }

        @Test
        void ofMoreThanFitsInOneTransactionLosesNothing() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("backlog");
            try (BusinessTransaction transaction = storage.begin(0)) {
                for (int i = 1; i <= 1100; i++) {
                    String data = Integer.toString(i);
                    transaction.run(() -> node(0).join(message(channel, data)));
                }
                transaction.commit();
            }

            Appended appended = node(1).append(List.of(message(channel, "1101")));

            assertThat(appended.older()).hasSize(1100);
            assertThat(numbers(appended.own())).containsExactly(1101L);
            assertThat(stored(channel))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 1101)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Nested
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    class TransactionsThatStayOpen {

        @Test
        void waitForNobodyAndHoldUpNobody() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("business");
            List<BusinessTransaction> open = new ArrayList<>();
            try {
                for (int i = 0; i < 20; i++) {
                    int node = i % StorageUnderTest.NODES;
                    BusinessTransaction transaction = storage.begin(node);
                    open.add(transaction);
                    String data = "open " + i;
                    transaction.run(() -> node(node).join(message(channel, data)));
                    transaction.run(() -> node(node).join(message(channel + "\uffff", data)));
                }
                joinAndCommit(0, channel, "joined");

                // Each of these would hang here if it had to wait for one of the twenty.
                assertThat(node(1).number(Set.of(channel), 100)).hasSize(1);
                assertThat(numbers(append(channel, "appended"))).containsExactly(2L);
                storage.age(channel, 2, Duration.ofHours(2));
                node(2).purge(name -> name.equals(channel) ? Duration.ofHours(1) : Duration.ofDays(1));
                assertThat(node(2).heads(List.of(channel)).get(channel).oldest())
                        .isEqualTo(3);
                assertThat(numbers(append(channel, "after the purge"))).containsExactly(3L);

                open.forEach(BusinessTransaction::commit);
            } finally {
                open.forEach(BusinessTransaction::close);
            }
            node(0).number(Set.of(channel), 100);
            assertThat(stored(channel)).hasSize(21).startsWith("after the purge", "open 0", "open 1");
        }
    }

    @Nested
    class Heads {

        @Test
        void tellWhereChannelsBeginAndEnd() {
            String channel = channel("head");
            String never = channel("never");
            Instant stored = append(channel, "1", "2", "3").get(0).storedAt();

            Map<String, ChannelHead> heads = node(1).heads(List.of(channel, never));

            assertThat(heads).hasSize(2);
            assertThat(heads.get(channel).newest()).isEqualTo(3);
            assertThat(heads.get(channel).oldest()).isEqualTo(1);
            assertThat(heads.get(channel).born())
                    .hasValueSatisfying(born -> assertThat(born).isBetween(stored.minusSeconds(60), stored));
            assertThat(heads.get(never).newest()).isZero();
            assertThat(heads.get(never).oldest()).isEqualTo(1);
            assertThat(heads.get(never).born()).isEmpty();
        }

        @Test
        void areToldOfAsManyAsOneLikes() {
            List<String> names =
                    IntStream.range(0, 2100).mapToObj(i -> channel("head")).toList();
            node(0).append(List.of(message(names.get(5), "1"), message(names.get(2050), "1")));

            assertThat(node(1).heads(names))
                    .hasSize(2100)
                    .satisfies(heads -> assertThat(heads.values())
                            .extracting(ChannelHead::newest)
                            .filteredOn(newest -> newest == 1)
                            .hasSize(2));
        }

        @Test
        void areToldOfAgainWhereTheyHaveChanged() {
            String quiet = channel("quiet");
            String grown = channel("grown");
            String begun = channel("begun");
            String purged = channel("purged");
            String never = channel("never");
            List<String> all = List.of(quiet, grown, begun, purged, never);
            node(0).append(List.of(
                    message(quiet, "1"), message(grown, "1"), message(purged, "1"), message(purged, "2")));
            Map<String, ChannelHead> known = node(1).heads(all);
            assertThat(node(1).changedHeads(known)).isEmpty();

            node(0).append(List.of(message(grown, "2"), message(begun, "1")));
            storage.age(purged, 1, Duration.ofDays(2));
            assertThat(purge(purged, Duration.ofDays(1))).isEqualTo(1);

            Map<String, ChannelHead> changed = node(1).changedHeads(known);
            assertThat(changed).containsOnlyKeys(grown, begun, purged).isEqualTo(node(1).heads(changed.keySet()));
        }

        @Test
        void areToldOfAgainWhereTheStorageHasLessThanIsKnown() {
            String channel = channel("lost");
            append(channel, "1");
            ChannelHead now = node(1).heads(List.of(channel)).get(channel);
            var more = new ChannelHead(now.newest() + 1, now.oldest(), now.born());

            assertThat(node(1).changedHeads(Map.of(channel, more))).isEqualTo(Map.of(channel, now));
        }

        @Test
        void areComparedForAsManyChannelsAsOneLikes() {
            List<String> names =
                    IntStream.range(0, 10_100).mapToObj(i -> channel("known")).toList();
            Map<String, ChannelHead> known = node(1).heads(names);

            node(0).append(List.of(message(names.get(5), "1"), message(names.get(10_050), "1")));

            assertThat(node(1).changedHeads(known)).containsOnlyKeys(names.get(5), names.get(10_050));
        }
    }

    @Nested
    class Reading {

        @Test
        void beginsAfterThePositionAndEndsAtTheLimit() {
            String channel = channel("read");
            append(channel, "1", "2", "3", "4", "5");

            assertThat(numbers(node(1).after(channel, 0, 2))).containsExactly(1L, 2L);
            assertThat(numbers(node(1).after(channel, 2, 100))).containsExactly(3L, 4L, 5L);
            assertThat(node(1).after(channel, 5, 100)).isEmpty();
            assertThat(node(1).after(channel, 7, 100)).isEmpty();
            assertThat(node(1).after(channel("nothing"), 0, 100)).isEmpty();
        }

        @Test
        void showsWhatAnotherNodeHasJustNumbered() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("cache");
            long key = joinAndCommit(0, channel, "1");
            assertThat(node(0).numbers(List.of(key))).isEmpty();
            assertThat(node(0).heads(List.of(channel)).get(channel).newest()).isZero();

            node(1).number(Set.of(channel), 10);

            assertThat(node(0).numbers(List.of(key))).isEqualTo(Map.of(key, 1L));
            assertThat(node(0).heads(List.of(channel)).get(channel).newest()).isEqualTo(1);
            assertThat(node(0).after(channel, 0, 10)).hasSize(1);
            assertThat(node(0).append(List.of(message(channel, "2")))
                            .own()
                            .get(0)
                            .number())
                    .isEqualTo(2);
        }
    }

    @Nested
    class Purging {

        @Test
        void deletesAPrefixAndKeepsTheNumbers() {
            String channel = channel("purge");
            append(channel, "1", "2", "3");
            storage.age(channel, 2, Duration.ofDays(2));

            assertThat(purge(channel, Duration.ofDays(1))).isEqualTo(2);

            assertThat(node(1).heads(List.of(channel)).get(channel).oldest()).isEqualTo(3);
            assertThat(node(1).heads(List.of(channel)).get(channel).newest()).isEqualTo(3);
            assertThat(numbers(node(1).after(channel, 0, 10))).containsExactly(3L);
            assertThat(numbers(append(channel, "4"))).containsExactly(4L);
        }

        @Test
        void neverMakesAHoleWhereALaterEventIsTheOlderOne() {
            String channel = channel("hole");
            append(channel, "1", "2", "3");
            storage.age(channel, 3, Duration.ofDays(2));
            storage.age(channel, 1, Duration.ofDays(-2));

            assertThat(purge(channel, Duration.ofDays(1))).isZero();

            assertThat(stored(channel)).containsExactly("1", "2", "3");
        }

        @Test
        void ofEverythingLetsTheNumbersGoOn() {
            String channel = channel("all");
            append(channel, "1", "2");
            storage.age(channel, 2, Duration.ofDays(2));

            assertThat(purge(channel, Duration.ofDays(1))).isEqualTo(2);
            assertThat(purge(channel, Duration.ofDays(1))).isZero();
            assertThat(node(1).heads(List.of(channel)).get(channel).oldest()).isEqualTo(3);

            assertThat(numbers(append(channel, "3"))).containsExactly(3L);
            storage.age(channel, 3, Duration.ofDays(2));
            assertThat(purge(channel, Duration.ofDays(1))).isEqualTo(1);
        }

        @Test
        void asksForEachChannelHowLongToKeep() {
            String news = channel("news");
            String other = channel("other");
            append(news, "1");
            append(other, "1");
            storage.age(news, 1, Duration.ofHours(2));
            storage.age(other, 1, Duration.ofHours(2));

            assertThat(node(0).purge(name -> name.equals(news) ? Duration.ofHours(1) : Duration.ofDays(1)))
                    .isEqualTo(1);

            assertThat(stored(news)).isEmpty();
            assertThat(stored(other)).containsExactly("1");
        }

        @Test
        void ofManyLeavesNone() {
            String channel = channel("batch");
            node(0).append(IntStream.range(0, 1201)
                    .mapToObj(i -> message(channel, "x"))
                    .toList());
            storage.age(channel, 1200, Duration.ofDays(2));

            assertThat(purge(channel, Duration.ofDays(1))).isEqualTo(1200);

            assertThat(numbers(Pages.all(node(1), channel))).containsExactly(1201L);
        }

        @Test
        void countsFromTheNumberingAndNotFromTheSending() {
            assumeTrue(storage.node(0).joins());
            String channel = channel("late");
            append(channel, "1");
            storage.age(channel, 1, Duration.ofDays(2));
            joinAndCommit(0, channel, "2");

            assertThat(purge(channel, Duration.ofDays(1))).isEqualTo(1);
            node(0).number(Set.of(channel), 10);
            assertThat(purge(channel, Duration.ofDays(1))).isZero();

            assertThat(stored(channel)).containsExactly("2");
        }
    }

    @Nested
    @Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    class ManyAtOnce {

        @Test
        void getNumbersInCommitOrderWhicheverNodeTheyAreOn() throws Exception {
            var senders = new Senders(storage, List.of(channel("busy"), channel("busy"), channel("busy")));

            senders.run(12, 40);

            senders.verify();
        }

        @Test
        void createTheSameNewChannelsWithoutFailing() throws Exception {
            var senders = new Senders(
                    storage,
                    IntStream.range(0, 40).mapToObj(i -> channel("new")).toList());

            senders.run(8, 20);

            senders.verify();
        }

        @Test
        void areReadWithoutAHoleWhilePurgeAndSendersWork() throws Exception {
            String channel = channel("purged");
            var deleted = new AtomicInteger();
            var reader = new ReaderAndPurger(storage, channel, deleted);
            reader.start();
            for (int i = 0; i < 300; i++) {
                append(channel, "a" + i, "b" + i);
            }
            reader.stop();

            assertThat(deleted.get() + Pages.all(node(0), channel).size()).isEqualTo(600);
            assertThat(deleted).hasPositiveValue();
        }
    }

    private long purge(String channel, Duration keep) {
        return node(0).purge(name -> name.equals(channel) ? keep : Duration.ofDays(365));
    }

    /** Raises the generation, so it takes a storage that no other test uses. */
    protected static void numbersOfTheNextGenerationBeginAboveAllOthers(StorageUnderTest storage) {
        String channel = channel("generation");
        String unknown = channel("unknown");
        List<EncodedMessage> two = List.of(message(channel, "1"), message(channel, "2"));
        storage.node(0).append(two);
        StorageIdentity before = storage.node(0).identity();
        assertThat(storage.node(1).identity()).isEqualTo(before);

        Map<String, ChannelHead> known = storage.node(2).heads(List.of(channel, unknown));

        StorageIdentity after = storage.node(1).raiseGeneration(before.generation() + 2);

        assertThat(storage.node(2).changedHeads(known))
                .isEqualTo(storage.node(2).heads(List.of(channel, unknown)))
                .hasSize(2);
        assertThat(after).isEqualTo(new StorageIdentity(before.id(), before.generation() + 2));
        assertThat(storage.node(2).raiseGeneration(before.generation() + 1)).isEqualTo(after);
        ChannelHead head = storage.node(2).heads(List.of(channel)).get(channel);
        assertThat(List.of(head.oldest() - 1, head.newest())).containsOnly(after.base());
        assertThat(numbers(storage.node(0).append(two).own())).containsExactly(after.base() + 1, after.base() + 2);
        assertThat(storage.node(2).heads(List.of(unknown)).get(unknown).newest())
                .isEqualTo(after.base());
        assertThat(numbers(
                        storage.node(1).append(List.of(message(unknown, "1"))).own()))
                .containsExactly(after.base() + 1);
        // Whoever is at a position of the generation before does not get position + 1, so he begins anew.
        assertThat(storage.node(0).after(channel, before.base() + 2, 10).get(0).number())
                .isEqualTo(after.base() + 1);
    }
}
