package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventstream.broadcast.Ending.Reason;
import io.eventstream.testing.SseParser;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SubscriberTest {

    private final TestNode node = new TestNode(
            "eventstream.keep-alive", "PT20S", "eventstream.stall-limit", "PT60S", "eventstream.tail.events", "10");
    private final RecordingSink sink = new RecordingSink();

    @AfterEach
    void theSinkWasUsedAsAConnectionBears() {
        node.close();
        assertThat(sink.faults()).isEmpty();
    }

    @Test
    void getsWhatIsSentAfterItRegistered() {
        node.publish("c", "before");
        Subscriber subscriber = node.broadcasters.subscribe(TestNode.interest("c"));
        node.publish("c", "between");
        subscriber.start(sink);
        node.publish("c", "after");

        assertThat(sink.data()).containsExactly("between", "after");
    }

    @Test
    void asksBeforeEachWriteAndEachFlush() {
        node.subscribe(sink, "c");
        node.publish("c", "1");

        assertThat(sink.calls()).containsExactly("ready", "write", "ready", "flush");
    }

    @Test
    void movesOverAllThatIsPendingWithOneWrite() {
        node.subscribe(sink, "c");
        sink.stall();
        node.burst("c", 10);
        sink.recover();
        int before = sink.writes();
        node.dispatch("c");

        assertThat(sink.writes() - before).isEqualTo(1);
        assertThat(sink.data()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void getsSeveralChannelsInOrderEach() {
        node.subscribe(sink, "a", "b");
        for (int i = 0; i < 5; i++) {
            node.publish(i % 2 == 0 ? "a" : "b", Integer.toString(i));
        }

        assertThat(sink.data()).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void waitsAtAPositionThatIsAheadOfTheChannel() {
        // A client may come from a node that knows more: it waits, and nothing is sent twice or taken for lost.
        var slow = new RecordingSink();
        slow.stall(); // so that the tail keeps all
        Subscriber other = node.subscribe(slow, "c");
        LiveChannel channel = other.positions().subscriptions().get(0).channel;
        Subscriber subscriber = node.broadcasters.subscribe(TestNode.interest("x"));
        subscriber.listenFrom(new Positions(List.of(Subscription.at(2, channel, subscriber))));
        subscriber.start(sink);

        node.publish("c", "1");
        node.publish("c", "2");
        subscriber.wake();
        assertThat(sink.data()).isEmpty();

        node.publish("c", "3");
        subscriber.wake();
        assertThat(sink.data()).containsExactly("3");
    }

    @Nested
    class WhenItsClientIsSlow {

        @Test
        void isNotTouchedUntilItMayBeWrittenTo() {
            Subscriber subscriber = node.subscribe(sink, "c");
            sink.stall();
            node.publish("c", "1");
            sink.forgetCalls();

            sink.recover();
            subscriber.wake();

            assertThat(sink.data()).containsExactly("1");
            assertThat(sink.calls()).containsExactly("ready", "write", "ready", "flush");
        }

        @Test
        void catchesUpFromTheTail() {
            Subscriber subscriber = node.subscribe(sink, "c");
            sink.stall();
            IntStream.range(0, 10).forEach(i -> node.publish("c", Integer.toString(i)));
            sink.recover();
            subscriber.wake();

            assertThat(sink.data()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        }

        @Test
        void isToldWhenItFellOutOfTheTail() {
            Subscriber subscriber = node.subscribe(sink, "c");
            sink.stall();
            IntStream.range(0, 11).forEach(i -> node.publish("c", Integer.toString(i)));
            sink.recover();
            subscriber.wake();
            node.publish("c", "next");

            assertThat(sink.types()).containsExactly("stream-reset", "message");
            assertThat(sink.events().get(0).data()).isEqualTo("{\"channels\":[\"c\"]}");
            assertThat(sink.text()).doesNotContain("id:");
            assertThat(sink.data()).containsExactly("next");
        }

        @Test
        void isToldOfThoseChannelsAloneThatItMissed() {
            Subscriber subscriber = node.subscribe(sink, "a", "b");
            sink.stall();
            node.publish("b", "kept");
            IntStream.range(0, 11).forEach(i -> node.publish("a", Integer.toString(i)));
            sink.recover();
            subscriber.wake();

            assertThat(sink.events())
                    .extracting(SseParser.Event::data)
                    .containsExactlyInAnyOrder("kept", "{\"channels\":[\"a\"]}");
        }

        @Test
        void doesNotHoldUpTheOthers() {
            var healthy = new RecordingSink();
            node.subscribe(sink, "c");
            node.subscribe(healthy, "c");
            sink.stall();
            IntStream.range(0, 50).forEach(i -> node.publish("c", Integer.toString(i)));

            assertThat(healthy.data()).hasSize(50);
        }

        @Test
        void isEndedAtTheStallLimit() {
            node.subscribe(sink, "c");
            sink.stall();
            node.publish("c", "1");

            node.pass(Duration.ofSeconds(59));
            assertThat(sink.endedBy()).isNull();
            node.pass(Duration.ofSeconds(2));

            assertThat(sink.endedBy()).isEqualTo(Reason.STALLED);
            assertThat(sink.text()).isEmpty();
            assertThat(node.broadcasters.subscribers().count()).isZero();
        }

        @Test
        void isNotEndedWhileItReadsNowAndThen() {
            Subscriber subscriber = node.subscribe(sink, "c");
            for (int i = 0; i < 10; i++) {
                sink.stall();
                node.publish("c", Integer.toString(i));
                node.pass(Duration.ofSeconds(50));
                sink.recover();
                subscriber.wake();
            }

            assertThat(sink.endedBy()).isNull();
            assertThat(sink.data()).hasSize(10);
        }

        @Test
        void isEndedThoughItIsForbiddenAndCannotBeTold() {
            node.subscribe(sink, "c");
            sink.stall();
            node.publish("c", "1");
            node.broadcasters.ifLive("c", channel -> channel.recheck(user -> false));
            assertThat(sink.endedBy()).isNull();

            node.pass(Duration.ofSeconds(61));

            assertThat(sink.endedBy()).isEqualTo(Reason.STALLED);
        }
    }

    @Nested
    class WhenNothingHappens {

        @Test
        void getsAKeepAliveAfterEachSilence() {
            node.subscribe(sink, "c");
            node.pass(Duration.ofSeconds(19));
            assertThat(sink.types()).isEmpty();
            node.pass(Duration.ofMillis(1200));
            assertThat(sink.types()).containsExactly("keep-alive");
            node.pass(Duration.ofMillis(20_200));

            assertThat(sink.types()).containsExactly("keep-alive", "keep-alive");
            assertThat(sink.text()).startsWith("event: keep-alive\ndata:\n\n");
        }

        @Test
        void countsTheSilenceFromTheLastEvent() {
            node.subscribe(sink, "c");
            node.pass(Duration.ofSeconds(15));
            node.publish("c", "1");
            node.pass(Duration.ofSeconds(10));
            assertThat(sink.types()).containsExactly("message");
            node.pass(Duration.ofMillis(10_400));

            assertThat(sink.types()).containsExactly("message", "keep-alive");
        }
    }

    @Nested
    class WhenItMayNoLongerRead {

        @Test
        void isToldAndEndedWithoutWhatWasPending() {
            Subscriber subscriber =
                    node.subscribe(new Interest(Set.of("c", "d"), Set.of(), TestNode.user("alice")), sink);
            sink.stall();
            node.publish("c", "secret");
            node.broadcasters.ifLive(
                    "c", channel -> channel.recheck(user -> !user.name().equals("alice")));
            sink.recover();
            subscriber.wake();

            assertThat(sink.text())
                    .isEqualTo("event: stream-error\nid: error\ndata: {\"condition\":\"forbidden\","
                            + "\"text\":\"Permission denied to channels: c\",\"channels\":[\"c\"]}\n\n");
            assertThat(sink.endedBy()).isEqualTo(Reason.FORBIDDEN);
        }

        @Test
        void isLeftAloneIfItStillMay() {
            node.subscribe(new Interest(Set.of("c"), Set.of(), TestNode.user("alice")), sink);
            node.broadcasters.ifLive("c", channel -> channel.recheck(user -> true));

            assertThat(sink.endedBy()).isNull();
        }

        @Test
        void isFoundThoughItsStreamHasNotBegun() {
            Subscriber subscriber =
                    node.broadcasters.subscribe(new Interest(Set.of("c"), Set.of(), TestNode.user("alice")));
            node.broadcasters.ifLive(
                    "c", channel -> channel.recheck(user -> !user.name().equals("alice")));
            subscriber.start(sink);
            subscriber.wake();

            assertThat(sink.types()).containsExactly("stream-error");
            assertThat(sink.endedBy()).isEqualTo(Reason.FORBIDDEN);
        }
    }

    @Nested
    class WhenItsConnectionFails {

        @Test
        void isForgotten() {
            node.subscribe(sink, "c");
            sink.breakDown();
            node.publish("c", "1");

            assertThat(sink.endedBy()).isEqualTo(Reason.GONE);
            assertThat(node.broadcasters.count()).isZero();
            assertThat(node.broadcasters.subscribers().count()).isZero();
            assertThat(node.broadcasters.subscribers().watch().all()).isEmpty();
        }

        @Test
        void doesNotKeepTheOthersFromBeingMoved() {
            var others =
                    IntStream.range(0, 5).mapToObj(i -> new RecordingSink()).toList();
            node.subscribe(sink, "c");
            others.forEach(other -> node.subscribe(other, "c"));
            sink.breakDown();
            node.publish("c", "1");

            assertThat(others).allSatisfy(other -> assertThat(other.data()).containsExactly("1"));
        }

        @Test
        void isForgottenWithTensOfThousandsWhoseNetworkFailedAtOnce() {
            var connected =
                    IntStream.range(0, 10).mapToObj(i -> new RecordingSink()).toList();
            Broadcasters all = TestNode.broadcasters(
                    System::nanoTime, TestNode.REAL_THREADS, "eventstream.max-subscribers", "30000");
            for (int i = 0; i < 20_000; i++) {
                var broken = new RecordingSink();
                broken.breakDown();
                all.subscribe(TestNode.interest("c")).start(broken);
            }
            connected.forEach(other -> all.subscribe(TestNode.interest("c")).start(other));
            all.publish("c", "message", Set.of(), "1");

            await().untilAsserted(() -> assertThat(all.subscribers().count()).isEqualTo(connected.size()));
            assertThat(connected).allSatisfy(other -> assertThat(other.data()).containsExactly("1"));
            all.close();
        }

        @Test
        void isForgottenOnAFaultOfTheServersThatIsNoException() {
            node.subscribe(
                    new RecordingSink() {
                        @Override
                        public void write(byte[] bytes) {
                            throw new NoClassDefFoundError("as when an application is being stopped");
                        }
                    },
                    "c");
            node.publish("c", "1");

            assertThat(node.broadcasters.subscribers().count()).isZero();
        }

        @Test
        void endsOnceHoweverManySaySo() {
            Subscriber subscriber = node.subscribe(sink, "c");
            subscriber.end();
            subscriber.end();
            node.close();
            node.publish("c", "1");

            assertThat(sink.calls()).containsExactly("complete");
            assertThat(node.broadcasters.subscribers().count()).isZero();
        }
    }

    @Test
    void wantsOnlyItsTypes() {
        node.subscribe(new Interest(Set.of("c"), Set.of("info"), TestNode.user("")), sink);
        node.publish("c", "1");
        node.broadcasters.publish("c", "info", Set.of(), "2");
        node.dispatch("c");

        assertThat(sink.data()).containsExactly("2");
    }

    @Test
    void isSkippedByName() {
        var bob = new RecordingSink();
        node.subscribe(new Interest(Set.of("c"), Set.of(), TestNode.user("alice")), sink);
        node.subscribe(new Interest(Set.of("c"), Set.of(), TestNode.user("bob")), bob);
        node.broadcasters.publish("c", "message", Set.of("alice"), "1");
        node.dispatch("c");

        assertThat(sink.data()).isEmpty();
        assertThat(bob.data()).containsExactly("1");
    }

    @Test
    void isRefusedAboveTheLimit() {
        try (var small = new TestNode("eventstream.max-subscribers", "2")) {
            small.subscribe(new RecordingSink(), "c");
            Subscriber second = small.subscribe(new RecordingSink(), "c");
            assertThatThrownBy(() -> small.subscribe(sink, "c"))
                    .isInstanceOf(TooManySubscribersException.class)
                    .hasMessageContaining("eventstream.max-subscribers");
            second.end();
            small.subscribe(sink, "c");

            assertThat(small.broadcasters.subscribers().count()).isEqualTo(2);
        }
    }

    @Test
    void isEndedAtOnceWhenTheApplicationHasEnded() {
        node.close();
        Subscriber late = node.subscribe(sink, "c");
        late.wake();

        assertThat(sink.endedBy()).isEqualTo(Reason.SHUTDOWN);
        assertThat(node.broadcasters.count()).isZero();
    }
}
