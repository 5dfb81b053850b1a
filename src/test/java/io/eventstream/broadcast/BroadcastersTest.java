package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.broadcast.Ending.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BroadcastersTest {

    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Nested
    class AChannel {

        @Test
        void isForgottenWithItsLastSubscriber() {
            Subscriber first = node.subscribe(new RecordingSink(), "c");
            Subscriber second = node.subscribe(new RecordingSink(), "c");
            node.publish("c", "1");
            first.end();
            assertThat(node.broadcasters.count()).isEqualTo(1);
            second.end();

            assertThat(node.broadcasters.count()).isZero();
            assertThat(node.broadcasters.budget().held()).isZero();
        }

        @Test
        void isNotMadeByLookingAtItNorBySendingToIt() {
            node.broadcasters.broadcaster("c");
            node.publish("c", "1");

            assertThat(node.broadcasters.count()).isZero();
        }

        @Test
        void takesNothingOnceItIsRetired() {
            Subscriber only = node.subscribe(new RecordingSink(), "c");
            LiveChannel channel = only.positions().subscriptions().get(0).channel;
            only.end();

            assertThat(channel.append("message", Set.of(), new byte[1], null)).isFalse();
            assertThat(channel.join(only)).isNull();
        }

        @Test
        void holdsNothingThatEverybodyHasPassed() {
            node.subscribe(new RecordingSink(), "c");
            node.burst("c", 100);

            assertThat(node.broadcasters.budget().held()).isZero();
        }

        @Test
        void holdsWhatTheSlowestHasNotPassed() {
            var slow = new RecordingSink();
            Subscriber subscriber = node.subscribe(slow, "c");
            node.subscribe(new RecordingSink(), "c");
            slow.stall();
            node.burst("c", 100);
            assertThat(node.broadcasters.budget().held()).isPositive();

            slow.recover();
            subscriber.wake();
            node.publish("c", "last");

            assertThat(node.broadcasters.budget().held()).isZero();
        }

        /** The last one leaves while another comes and somebody sends: whoever is registered gets what is sent then. */
        @Test
        void neverTakesAnEventThatANewSubscriberDoesNotSee() throws Exception {
            var clock = new MovableClock();
            Broadcasters real = TestNode.broadcasters(clock, TestNode.REAL_THREADS);
            Subscriber before = real.subscribe(TestNode.interest("c"));
            before.start(new RecordingSink());
            for (int i = 0; i < 2_000; i++) {
                Subscriber leaving = before;
                var barrier = new CyclicBarrier(2);
                CompletableFuture<Void> left = CompletableFuture.runAsync(() -> {
                    await(barrier);
                    leaving.end();
                });
                await(barrier);
                var sink = new RecordingSink();
                Subscriber coming = real.subscribe(TestNode.interest("c"));
                coming.start(sink);
                real.publish("c", "message", Set.of(), "e" + i);
                left.join();
                String sent = "event: message\ndata: e" + i + "\n\n";
                Awaitility.await()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .untilAsserted(() -> assertThat(sink.text()).isEqualTo(sent));
                before = coming;
            }
            before.end();
            real.close();

            assertThat(real.count()).isZero();
        }

        private void await(CyclicBarrier barrier) {
            try {
                barrier.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class TheNodesBound {

        @Test
        void isKeptByAllTailsTogether() {
            try (var small = new TestNode("eventstream.tail.bytes", "10000", "eventstream.tail.total-bytes", "20000")) {
                List<RecordingSink> slow = IntStream.range(0, 10)
                        .mapToObj(i -> {
                            var sink = new RecordingSink();
                            sink.stall();
                            small.subscribe(sink, "c" + i);
                            return sink;
                        })
                        .toList();
                for (int round = 0; round < 20; round++) {
                    for (int i = 0; i < slow.size(); i++) {
                        small.publish("c" + i, "x".repeat(900));
                    }
                    assertThat(small.broadcasters.budget().held()).isLessThanOrEqualTo(20_000);
                }
            }
        }

        @Test
        void leavesEachTailItsNewestEvent() {
            try (var small = new TestNode("eventstream.tail.bytes", "1000", "eventstream.tail.total-bytes", "1000")) {
                var first = new RecordingSink();
                var second = new RecordingSink();
                Subscriber one = small.subscribe(first, "a");
                Subscriber two = small.subscribe(second, "b");
                first.stall();
                second.stall();
                small.publish("a", "x".repeat(2_000));
                small.publish("b", "y".repeat(2_000));
                first.recover();
                second.recover();
                one.wake();
                two.wake();

                assertThat(first.data()).containsExactly("x".repeat(2_000));
                assertThat(second.data()).containsExactly("y".repeat(2_000));
            }
        }
    }

    @Test
    void keepNobodyWhoIsEndedWhileJoiningSeveralChannels() {
        Subscriber subscriber = node.broadcasters.subscribers().add(TestNode.interest("c"));
        Subscriber other = node.subscribe(new RecordingSink(), "c");
        LiveChannel channel = other.positions().subscriptions().get(0).channel;
        Subscription joined = channel.join(subscriber);
        subscriber.end();
        subscriber.listenFrom(new Positions(List.of(joined)));
        other.end();

        assertThat(node.broadcasters.count()).isZero();
        assertThat(node.broadcasters.subscribers().count()).isZero();
    }

    @Test
    void endEverybodyWhenTheApplicationEnds() {
        List<RecordingSink> sinks =
                IntStream.range(0, 100).mapToObj(i -> new RecordingSink()).toList();
        sinks.forEach(sink -> node.subscribe(sink, "c" + sinks.indexOf(sink) % 7, "all"));

        node.close();
        node.publish("all", "late");

        assertThat(sinks).allSatisfy(sink -> {
            assertThat(sink.endedBy()).isEqualTo(Reason.SHUTDOWN);
            assertThat(sink.text()).isEmpty();
            assertThat(sink.faults()).isEmpty();
        });
        assertThat(node.broadcasters.count()).isZero();
        assertThat(node.broadcasters.subscribers().count()).isZero();
    }

    /** With the real dispatcher: whoever publishes returns though nobody can be written to. */
    @Test
    void neverMakeAPublisherWaitForASubscriber() {
        Broadcasters real = TestNode.broadcasters(System::nanoTime, TestNode.REAL_THREADS);
        List<RecordingSink> stalled =
                IntStream.range(0, 100).mapToObj(i -> new RecordingSink()).toList();
        stalled.forEach(sink -> {
            sink.stall();
            real.subscribe(TestNode.interest("c")).start(sink);
        });
        var sent = new AtomicLong();
        IntStream.range(0, 100_000).forEach(i -> {
            real.publish("c", "message", Set.of(), "x");
            sent.incrementAndGet();
        });

        assertThat(sent).hasValue(100_000);
        assertThat(stalled).allSatisfy(sink -> assertThat(sink.text()).isEmpty());
        real.close();
    }
}
