package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NodeStatusTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration BIT = Duration.ofNanos(1);

    private final MovableClock clock = new MovableClock();
    private final Broadcasters node =
            TestNode.broadcasters(clock, TestNode.REAL_THREADS, "eventstream.max-subscribers", "2");
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        node.close();
    }

    @Nested
    class Subscribers {

        @Test
        void areCountedWithTheirChannels() {
            node.subscribe(TestNode.interest("a", "b"));

            assertThat(node.status()).isEqualTo(new NodeStatus(1, 2, 2, false, true));
        }

        @Test
        void areAcceptedUntilThereAreAsManyAsThereMayBe() {
            node.subscribe(TestNode.interest("a"));
            assertThat(node.status().acceptsSubscribers()).isTrue();

            Subscriber last = node.subscribe(TestNode.interest("a"));
            assertThat(node.status().acceptsSubscribers()).isFalse();

            last.end();
            assertThat(node.status().acceptsSubscribers()).isTrue();
        }

        @Test
        void areNotAcceptedOnceTheApplicationEnds() {
            node.close();

            assertThat(node.status().acceptsSubscribers()).isFalse();
        }
    }

    @Test
    void tellsOfDrainsWhoseThreadHasDied() {
        var drains = new BlockingDrains(run -> new Thread());
        assertThat(drains.isMoving()).isTrue();

        drains.submit(move -> {});

        await().until(() -> !drains.isMoving());
    }

    @Nested
    class TheDispatcher {

        @Test
        void movesWhileNobodyNeedsIt() {
            clock.move(LONGEST.multipliedBy(100));

            assertThat(node.status().dispatcherMoves()).isTrue();
        }

        @Test
        void movesWhileItIsBusyForAsLongAsAHealthyNodeMayBe() {
            stick();
            clock.move(LONGEST);

            assertThat(node.status().dispatcherMoves()).isTrue();
        }

        @Test
        void doesNotMoveOnceItIsStuckForLonger() {
            stick();
            clock.move(LONGEST.plus(BIT));

            assertThat(node.status().dispatcherMoves()).isFalse();
        }

        @Test
        void movesAgainOnceItIsLetGo() {
            stick();
            clock.move(LONGEST.plus(BIT));
            released.countDown();

            await().until(() -> node.status().dispatcherMoves());
        }

        @Test
        void movesHoweverLongItWasIdle() {
            stick();
            released.countDown();
            await().until(() -> !isBusy());
            clock.move(LONGEST.multipliedBy(100));

            // It may have been at a second round, which began late enough not to count as busy.
            await().until(() -> node.status().dispatcherMoves());
        }

        /** Whether time that passes would count against it. */
        private boolean isBusy() {
            clock.move(LONGEST.plus(BIT));
            return !node.status().dispatcherMoves();
        }

        @Test
        void doesNotMoveOnceItsThreadHasDied() {
            var dead = new Thread(() -> {});
            var dispatcher = new Dispatcher(clock, run -> dead);
            dispatcher.submit(new LiveChannel(node.broadcaster("a"), node, null).movement());
            await().until(() -> !dead.isAlive());

            assertThat(dispatcher.isMoving()).isFalse();
        }

        /** Has it wait in a sink. */
        private void stick() {
            Subscriber subscriber = node.subscribe(TestNode.interest("a"));
            subscriber.start(new RecordingSink() {
                @Override
                public boolean ready() {
                    if (Thread.currentThread().getName().equals("eventstream-dispatcher")) {
                        entered.countDown();
                        awaitRelease();
                    }
                    return super.ready();
                }
            });
            // The first by this thread, the second in the same moment, so by the dispatcher.
            node.publish("a", "message", Set.of(), "1");
            node.publish("a", "message", Set.of(), "2");
            await().until(() -> entered.getCount() == 0);
        }

        private void awaitRelease() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
