package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventstream.api.LastEventId;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.SseParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {

    private final MemoryStorage storage = new MemoryStorage();
    private final StoredNode node = new StoredNode(storage);

    @AfterEach
    void close() {
        node.close();
    }

    private void store(String channel, int count) {
        for (int i = 0; i < count; i++) {
            storage.append(channel, "x");
        }
    }

    private static List<String> ids(RecordingSink sink) {
        return sink.events().stream().map(SseParser.Event::lastEventId).toList();
    }

    private static List<String> ids(String channel, long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(i -> channel + ":" + i).toList();
    }

    private static String reset(String id, String channels) {
        return "event: stream-reset\nid: " + id + "\ndata: {\"channels\":[" + channels + "]}\n\n";
    }

    @Nested
    class AClient {

        @Test
        void getsTheNextEventWithItsIdWhereItHasNone() {
            store("c", 3);
            RecordingSink sink = node.listen("c");
            node.send("c", "live");

            assertThat(sink.text()).isEqualTo("event: message\nid: c:4\ndata: live\n\n");
        }

        @Test
        void getsWhatItMissedFromTheTailWithoutTheStorage() {
            node.listen("c");
            IntStream.range(0, 5).forEach(i -> node.send("c", "x"));
            int before = storage.reads() + storage.headReads();
            RecordingSink sink = node.resume("c:2", "c");

            assertThat(ids(sink)).isEqualTo(ids("c", 3, 5));
            assertThat(storage.reads() + storage.headReads()).isEqualTo(before);
        }

        @Test
        void getsWhatItMissedFromTheStorageThenWhatIsSent() {
            store("c", 250);
            RecordingSink sink = node.resume("c:0", "c");
            node.settle();
            node.send("c", "live");

            assertThat(ids(sink)).isEqualTo(ids("c", 1, 251));
            assertThat(sink.faults()).isEmpty();
        }

        @Test
        void getsWhatIsSentWhileTheStorageIsReadInItsPlace() {
            store("c", 150);
            RecordingSink sink = node.resume("c:0", "c");
            node.send("c", "meanwhile");
            assertThat(ids(sink)).isEmpty();
            node.settle();

            assertThat(ids(sink)).isEqualTo(ids("c", 1, 151));
        }

        @Test
        void getsTheIdsOfAllItsChannelsWithEachEvent() {
            store("a", 3);
            store("b", 2);
            RecordingSink sink = node.resume("a:1", "a", "b", "unrel");
            node.settle();
            node.send("b", "live");
            node.loose("unrel", "loose");
            node.send("a", "live");

            assertThat(ids(sink)).containsExactly("a:2,b:2", "a:3,b:2", "a:3,b:3", "a:3,b:3", "a:4,b:3");
            assertThat(sink.text()).contains("event: message\nid: a:3,b:3\ndata: loose\n\n");
        }

        @Test
        void isNotAffectedByIdsOfOtherChannels() {
            store("a", 3);

            assertThat(node.resume("b:1", "a").text()).isEmpty();
        }

        @Test
        void ofAChannelThatIsNotReliableGetsNoIds() {
            RecordingSink sink = node.resume("unrel:5", "unrel");
            node.loose("unrel", "1");

            assertThat(sink.text()).isEqualTo("event: message\ndata: 1\n\n");
            assertThat(storage.headReads()).isZero();
        }

        @Test
        void thatIsAheadOfThisNodeWaitsForItToCatchUp() {
            node.listen("c");
            storage.append("c", "elsewhere");
            storage.append("c", "elsewhere too");
            RecordingSink sink = node.resume("c:1", "c");
            assertThat(sink.text()).isEmpty();
            node.settle();

            assertThat(sink.text()).isEqualTo("event: message\nid: c:2\ndata: elsewhere too\n\n");
        }

        @Test
        void isToldItsIdBeforeAKeepAliveWhereItsEventsWereOfOtherTypes() {
            var sink = new RecordingSink();
            var onlyInfo = new Interest(Set.of("c"), Set.of("info"), TestNode.user(""));
            node.subscribe(onlyInfo, sink, new StartAt.Now());
            node.send("c", "1");
            node.send("c", "2");
            node.pass(Duration.ofSeconds(21));
            assertThat(sink.text()).isEqualTo("id: c:2\n\nevent: keep-alive\ndata:\n\n");
            node.pass(Duration.ofSeconds(21));

            assertThat(sink.text()).endsWith("\n\nevent: keep-alive\ndata:\n\nevent: keep-alive\ndata:\n\n");
        }

        @Test
        void isToldItsIdsBeforeAKeepAliveWhereEventsOfSeveralChannelsWereSkipped() {
            var sink = new RecordingSink();
            node.subscribe(new Interest(Set.of("a", "b"), Set.of(), TestNode.user("bob")), sink, new StartAt.Now());
            node.receive(storage.append(new EncodedMessage("a", "message", "1", Set.of("bob"))));
            node.pass(Duration.ofSeconds(21));

            assertThat(sink.text()).isEqualTo("id: a:1,b:0\n\nevent: keep-alive\ndata:\n\n");
        }

        @Test
        void getsEventsThatAreNotStoredBesideTheOthers() {
            RecordingSink sink = node.listen("c");
            node.send("c", "stored");
            node.loose("c", "loose");
            RecordingSink late = node.listen("c");
            node.send("c", "stored too");
            node.loose("c", "loose too");

            assertThat(sink.data()).containsExactly("stored", "loose", "stored too", "loose too");
            assertThat(ids(sink)).containsExactly("c:1", "c:1", "c:2", "c:2");
            assertThat(late.data()).containsExactly("stored too", "loose too");
        }
    }

    @Nested
    class AReset {

        @ParameterizedTest
        @ValueSource(strings = {"c:99", "c:-1", "c:99999999999999999999", "c:abc", "c:"})
        void tellsAClientWhoseIdBelongsToNoEventWhereItIsNow(String id) {
            store("c", 3);
            RecordingSink sink = node.resume(id, "c");
            node.send("c", "live");

            assertThat(sink.text()).isEqualTo(reset("c:3", "\"c\"") + "event: message\nid: c:4\ndata: live\n\n");
        }

        @Test
        void comesForAChannelThatNeverHadAnEvent() {
            assertThat(node.resume("c:5", "c").text()).isEqualTo(reset("c:0", "\"c\""));
        }

        @Test
        void comesBeforeWhatTheOtherChannelsHave() {
            store("a", 3);
            store("b", 2);
            RecordingSink sink = node.resume("a:77,b:1", "a", "b");
            node.settle();

            assertThat(sink.text()).isEqualTo(reset("a:3,b:1", "\"a\"") + "event: message\nid: a:3,b:2\ndata: x\n\n");
        }

        @Test
        void comesOnceForSeveralChannels() {
            store("a", 3);
            store("b", 2);

            assertThat(node.resume("a:77,b:77", "a", "b").text()).isEqualTo(reset("a:3,b:2", "\"a\",\"b\""));
        }

        @Test
        void comesWhereEventsArePurged() {
            store("c", 5);
            storage.purge("c", 3);

            assertThat(node.resume("c:2", "c").text()).isEqualTo(reset("c:5", "\"c\""));
            RecordingSink served = node.resume("c:3", "c");
            node.settle();
            assertThat(ids(served)).isEqualTo(ids("c", 4, 5));
        }

        @Test
        void comesWhereEventsArePurgedWhileTheClientIsOnItsWay() {
            store("c", 300);
            RecordingSink sink = node.resume("c:0", "c");
            storage.purge("c", 250);
            node.settle();

            assertThat(sink.text()).isEqualTo(reset("c:300", "\"c\""));
        }

        @Test
        void comesWhereAllEventsArePurgedWhileTheClientIsOnItsWay() {
            store("c", 3);
            RecordingSink sink = node.resume("c:0", "c");
            storage.purge("c", 3);
            node.settle();
            node.send("c", "live");

            assertThat(sink.text()).isEqualTo(reset("c:3", "\"c\"") + "event: message\nid: c:4\ndata: live\n\n");
        }

        @Test
        void comesForAPositionBeforeTheFirstEventThatIsOlderThanWhatIsKept() {
            storage.setTime(Instant.now().minus(Duration.ofHours(25)));
            storage.append("c", "1");
            RecordingSink sink = node.resume("c:0", "c");

            assertThat(sink.text()).isEqualTo(reset("c:1", "\"c\""));
        }

        @Test
        void doesNotComeForTheNewestPositionWhereAllIsPurged() {
            store("c", 3);
            storage.purge("c", 3);
            RecordingSink sink = node.resume("c:3", "c");
            node.send("c", "live");

            assertThat(sink.text()).isEqualTo("event: message\nid: c:4\ndata: live\n\n");
        }
    }

    @Nested
    class TheBeginning {

        @Test
        void canBeTheOldestEventThereIs() {
            store("c", 5);
            storage.purge("c", 2);
            var sink = new RecordingSink();
            node.subscribe(sink, new StartAt.Earliest(), "c");
            node.settle();

            assertThat(ids(sink)).isEqualTo(ids("c", 3, 5));
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 2, 49, 50, 51, 98, 99, 100})
        void canBeATime(long second) {
            Instant start = Instant.parse("2026-01-01T00:00:00Z");
            for (int i = 0; i < 100; i++) {
                storage.setTime(start.plusSeconds(i));
                storage.append("c", "x");
            }
            var sink = new RecordingSink();
            node.subscribe(sink, new StartAt.Since(start.plusSeconds(second)), "c");
            node.settle();

            assertThat(ids(sink)).isEqualTo(ids("c", second + 1, 100));
        }

        @Test
        void isAResetWhereTheTimeIsBeforeWhatIsKept() {
            store("c", 5);
            storage.purge("c", 2);
            var sink = new RecordingSink();
            node.subscribe(sink, new StartAt.Since(Instant.EPOCH), "c");

            assertThat(sink.text()).isEqualTo(reset("c:5", "\"c\""));
        }

        /** What is sent between the registration and the answer of the storage is there once, whichever saw it first. */
        @Test
        void losesNothingThatIsSentWhileTheStorageIsAsked() {
            store("c", 2);
            Subscriber subscriber = node.broadcasters.subscribe(TestNode.interest("c"));
            StoredEvent seen = storage.append("c", "seen by both");
            node.receive(seen);
            StoredEvent early = new StoredEvent("c", 4, "message", "not yet seen", Set.of(), Instant.now());
            node.receive(early);
            node.broadcasters.locate(subscriber, new StartAt.After(LastEventId.parse("c:2")));
            var sink = new RecordingSink();
            subscriber.start(sink);
            subscriber.wake();
            storage.append("c", "not yet seen");
            node.settle();

            assertThat(sink.data()).containsExactly("seen by both", "not yet seen");
        }

        @Test
        void asksTheStorageOnceHoweverManyComeBack() {
            store("c", 100);
            List<RecordingSink> sinks = IntStream.range(0, 1000)
                    .mapToObj(i -> node.resume("c:0", "c"))
                    .toList();
            node.settle();

            assertThat(sinks).allSatisfy(sink -> assertThat(sink.events()).hasSize(100));
            assertThat(storage.headReads()).isEqualTo(1);
            assertThat(storage.reads()).isEqualTo(1);
        }

        @Test
        void isTriedAgainByTheNextClientWhereTheStorageWasDown() {
            store("c", 1);
            storage.breakDown();
            assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> node.listen("c"));
            assertThat(node.broadcasters.count()).isZero();
            storage.recover();

            assertThat(node.listen("c").text()).isEmpty();
        }
    }

    @Nested
    class WhatArrives {

        @Test
        void twiceOrLateIsDropped() {
            RecordingSink sink = node.listen("c");
            StoredEvent first = node.send("c", "1");
            StoredEvent second = node.send("c", "2");
            node.receive(second);
            node.receive(first);

            assertThat(sink.data()).containsExactly("1", "2");
        }

        @Test
        void tooEarlyWaitsForWhatIsBefore() {
            RecordingSink sink = node.listen("c");
            StoredEvent first = storage.append("c", "1");
            StoredEvent second = storage.append("c", "2");
            StoredEvent third = storage.append("c", "3");
            node.receive(third);
            node.receive(second);
            assertThat(sink.data()).isEmpty();
            node.receive(first);

            assertThat(sink.data()).containsExactly("1", "2", "3");
            node.settle();
            assertThat(storage.reads()).isZero();
        }

        @Test
        void neverIsReadFromTheStorage() {
            RecordingSink sink = node.listen("c");
            storage.append("c", "1");
            node.receive(storage.append("c", "2"));
            assertThat(sink.data()).isEmpty();
            node.settle();

            assertThat(sink.data()).containsExactly("1", "2");
        }

        @Test
        void isWaitedForWhereACopyOfTheStorageDoesNotShowItYet() {
            RecordingSink sink = node.listen("c");
            storage.append("c", "1");
            StoredEvent second = storage.append("c", "2");
            storage.hideNewest(2);
            node.receive(second);
            node.pass(Duration.ofSeconds(5));
            assertThat(sink.data()).isEmpty();
            storage.hideNewest(0);
            node.pass(Duration.ofSeconds(5));

            assertThat(sink.text())
                    .isEqualTo("event: message\nid: c:1\ndata: 1\n\nevent: message\nid: c:2\ndata: 2\n\n");
        }

        @Test
        void onAnotherNodeAloneIsFoundByThePoll() {
            RecordingSink sink = node.listen("c");
            storage.append("c", "1");
            node.pass(Duration.ofMillis(2_100));

            assertThat(sink.data()).containsExactly("1");
        }

        @Test
        void farAheadIsLeftToPages() {
            RecordingSink sink = node.listen("c");
            store("c", 5_000);
            node.pass(Duration.ofSeconds(3));

            assertThat(ids(sink)).isEqualTo(ids("c", 1, 5_000));
            assertThat(storage.reads()).isEqualTo(50);
        }
    }

    @Nested
    class WhenTheStorageIsDown {

        @Test
        void streamsStayOpenAndGoOnByThemselves() {
            store("c", 150);
            RecordingSink sink = node.resume("c:0", "c");
            storage.breakDown();
            node.pass(Duration.ofSeconds(30));
            assertThat(sink.endedBy()).isNull();
            assertThat(sink.data()).isEmpty();
            storage.recover();
            node.pass(Duration.ofSeconds(5));

            assertThat(ids(sink)).endsWith("c:150");
            assertThat(sink.data()).hasSize(150);
        }
    }

    @Nested
    class WhenTheStorageHasLostEvents {

        private final String base = Long.toString(StorageIdentity.NUMBERS);

        @Test
        void clientsAreResetToTheNextGeneration() {
            RecordingSink sink = node.listen("c");
            IntStream.range(0, 5).forEach(i -> node.send("c", "x"));
            storage.restore("c", 3);
            node.pass(Duration.ofSeconds(10));
            node.send("c", "after");

            assertThat(ids(sink))
                    .isEqualTo(Stream.concat(
                                    ids("c", 1, 5).stream(),
                                    Stream.of("c:" + base, "c:" + (StorageIdentity.NUMBERS + 1)))
                            .toList());
            assertThat(sink.types()).contains("stream-reset");
            RecordingSink old = node.resume("c:3", "c");
            assertThat(old.types()).containsExactly("stream-reset");
        }

        @Test
        void clientsAreResetWhereItIsAnotherOne() {
            RecordingSink sink = node.listen("c");
            IntStream.range(0, 5).forEach(i -> node.send("c", "x"));
            node.pass(Duration.ofSeconds(3));
            storage.replace();
            node.pass(Duration.ofSeconds(3));

            assertThat(sink.text()).endsWith(reset("c:" + base, "\"c\""));
        }

        @Test
        void oneLateAnswerIsNoLoss() {
            RecordingSink sink = node.listen("c");
            IntStream.range(0, 5).forEach(i -> node.send("c", "x"));
            storage.hideNewest(1);
            node.pass(Duration.ofMillis(4_100));
            storage.hideNewest(0);
            node.pass(Duration.ofSeconds(10));

            assertThat(ids(sink)).isEqualTo(ids("c", 1, 5));
        }

        @Test
        void whatIsSentWhileTheStorageAnswersIsNoLoss() {
            RecordingSink sink = node.listen("c");
            storage.afterHeads(() -> node.send("c", "x"));
            node.pass(Duration.ofSeconds(10));
            storage.afterHeads(() -> {});
            node.send("c", "last");

            assertThat(sink.types()).doesNotContain("stream-reset");
            assertThat(ids(sink))
                    .hasSizeGreaterThan(4)
                    .isEqualTo(ids("c", 1, ids(sink).size()));
        }
    }

    @Nested
    class Memory {

        @Test
        void isFreeOfPagesThatNobodyAsksForAnyMore() {
            store("c", 1_000);
            RecordingSink sink = node.resume("c:0", "c");
            node.settle();
            assertThat(sink.data()).hasSize(1_000);
            assertThat(node.broadcasters.budget().held()).isPositive();
            node.pass(Duration.ofSeconds(5));

            assertThat(node.broadcasters.budget().held()).isZero();
        }

        @Test
        void isFreeOfAllWhenTheLastOneHasLeft() {
            var sinks = new ArrayList<Subscriber>();
            store("c", 300);
            for (int i = 0; i < 3; i++) {
                sinks.add(
                        node.subscribe(new RecordingSink(), new StartAt.After(LastEventId.parse("c:" + i * 100)), "c"));
            }
            node.send("c", "live");
            sinks.forEach(Subscriber::end);
            node.settle();

            assertThat(node.broadcasters.budget().held()).isZero();
            assertThat(node.broadcasters.count()).isZero();
        }

        @Test
        void takesFromReliableChannelsFirstSinceTheirEventsCanBeReadAgain() {
            try (var small =
                    new StoredNode(storage, "eventstream.tail.bytes", "5000", "eventstream.tail.total-bytes", "6000")) {
                RecordingSink reliable = small.listen("c");
                IntStream.range(0, 100).forEach(i -> small.send("c", "x"));
                var slow = new RecordingSink();
                Subscriber subscriber = small.subscribe(slow, new StartAt.Now(), "unrel");
                slow.stall();
                for (int i = 0; i < 40; i++) {
                    small.loose("unrel", "y".repeat(90));
                }
                slow.recover();
                subscriber.wake();

                assertThat(slow.data()).hasSize(40);
                assertThat(reliable.data()).hasSize(100);
                RecordingSink again = small.resume("c:0", "c");
                small.settle();
                assertThat(ids(again)).isEqualTo(ids("c", 1, 100));
            }
        }
    }
}
