package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingDrainsTest {

    private final AtomicInteger threads = new AtomicInteger();
    private final Broadcasters node = TestNode.broadcasters(
            System::nanoTime,
            run -> TestNode.REAL_THREADS.newThread(() -> {
                threads.incrementAndGet();
                run.run();
                threads.decrementAndGet();
            }));
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        released.countDown();
        node.close();
        // Watch, watchdog and whoever drains: none is left behind.
        await().untilAsserted(() -> assertThat(threads).hasValue(0));
    }

    /** A connection on a server where a write waits for the peer. */
    private final class WaitingSink implements Sink {

        private final BooleanSupplier stuck;
        private final List<String> written = new ArrayList<>();
        private volatile @Nullable Thread writer;
        private volatile boolean completed;

        WaitingSink(BooleanSupplier stuck) {
            this.stuck = stuck;
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            writer = Thread.currentThread();
            if (stuck.getAsBoolean()) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            synchronized (written) {
                written.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void complete(Ending end, @Nullable Exception failure) {
            completed = true;
        }

        @Override
        public boolean mayBlock() {
            return true;
        }

        @Nullable
        Thread writer() {
            return writer;
        }

        boolean completed() {
            return completed;
        }

        String text() {
            synchronized (written) {
                return String.join("", written);
            }
        }
    }

    private WaitingSink subscribed(boolean stuck) {
        return subscribed(() -> stuck);
    }

    /** Stuck now and then, for as long as the test lets nobody go. */
    private WaitingSink hesitating() {
        var random = new Random(1);
        return subscribed(() -> random.nextInt(50) == 0);
    }

    private WaitingSink subscribed(BooleanSupplier stuck) {
        var sink = new WaitingSink(stuck);
        Subscriber subscriber = node.subscribe(TestNode.interest("c"));
        subscriber.start(sink);
        subscriber.wake();
        return sink;
    }

    @Test
    void goOnPastWritesThatAreStuck() {
        List<WaitingSink> stuck =
                IntStream.range(0, 5).mapToObj(i -> subscribed(true)).toList();
        List<WaitingSink> healthy =
                IntStream.range(0, 20).mapToObj(i -> subscribed(false)).toList();

        IntStream.range(0, 50).forEach(i -> node.publish("c", "message", Set.of(), "e" + i));

        await().untilAsserted(() ->
                assertThat(healthy).allSatisfy(sink -> assertThat(sink.text()).contains("data: e49\n")));
        assertThat(stuck).allSatisfy(sink -> assertThat(sink.text()).isEmpty());
        // One for each stuck write, one that drains, the watchdog, the dispatcher, the watch; and for a while those
        // that were
        // replaced only because the machine let them wait.
        await().untilAsserted(() -> assertThat(threads.get()).isLessThanOrEqualTo(5 + 4));
    }

    @Test
    void giveASubscriberAllOnceItsWriteIsLetGo() {
        WaitingSink stuck = subscribed(true);
        WaitingSink healthy = subscribed(false);
        IntStream.range(0, 50).forEach(i -> node.publish("c", "message", Set.of(), "e" + i));
        await().untilAsserted(() -> assertThat(healthy.text()).contains("data: e49\n"));

        released.countDown();

        await().untilAsserted(() -> assertThat(stuck.text()).contains("data: e49\n"));
        assertThat(stuck.text()).isEqualTo(healthy.text());
    }

    @Test
    void leaveAStuckSubscriberToTheStallLimit() {
        Broadcasters impatient =
                TestNode.broadcasters(System::nanoTime, TestNode.REAL_THREADS, "eventstream.stall-limit", "PT0.2S");
        impatient.subscribe(TestNode.interest("c")).start(new WaitingSink(() -> true));
        impatient.publish("c", "message", Set.of(), "1");

        await().untilAsserted(() -> assertThat(impatient.subscribers().count()).isZero());
        await().untilAsserted(() -> assertThat(impatient.count()).isZero());
        impatient.close();
    }

    @Test
    void drainOnAThreadThatIsNotThePublishers() {
        WaitingSink sink = subscribed(false);

        node.publish("c", "message", Set.of(), "1");

        await().until(() -> sink.writer() != null);
        assertThat(sink.writer()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void moveAllOfAChannelOnOneThread() {
        List<WaitingSink> sinks =
                IntStream.range(0, 20).mapToObj(i -> subscribed(false)).toList();
        var round = new AtomicInteger();

        // Not in every round: a thread that a busy machine lets wait is taken for one that is stuck.
        await().until(() -> {
            String data = "data: " + round.incrementAndGet() + "\n";
            node.publish("c", "message", Set.of(), round.toString());
            await().until(() -> sinks.stream().allMatch(sink -> sink.text().contains(data)));
            return sinks.stream().map(WaitingSink::writer).distinct().count() == 1;
        });
    }

    @Test
    void doNotTakeTheRoleBackOnceAWriteIsLetGo() {
        WaitingSink stuck = subscribed(true);
        WaitingSink healthy = subscribed(false);
        node.publish("c", "message", Set.of(), "1");
        await().until(() -> stuck.writer() != null);
        Thread replaced = stuck.writer();
        node.publish("c", "message", Set.of(), "2");
        await().untilAsserted(() -> assertThat(healthy.text()).contains("data: 2\n"));

        released.countDown();

        await().until(() -> !replaced.isAlive());
        node.publish("c", "message", Set.of(), "3");
        await().untilAsserted(() -> assertThat(stuck.text()).contains("data: 3\n"));
        await().untilAsserted(() -> assertThat(healthy.text()).contains("data: 3\n"));
    }

    @Test
    void neitherLoseNorRepeatAnEventHoweverOftenTheRoleIsGivenOn() {
        List<WaitingSink> hesitant =
                IntStream.range(0, 5).mapToObj(i -> hesitating()).toList();
        List<WaitingSink> healthy =
                IntStream.range(0, 20).mapToObj(i -> subscribed(false)).toList();
        String all = IntStream.range(0, 400)
                .peek(i -> node.publish("c", "message", Set.of(), "e" + i))
                .mapToObj(i -> "event: message\ndata: e" + i + "\n\n")
                .collect(Collectors.joining());

        await().untilAsserted(() ->
                assertThat(healthy).allSatisfy(sink -> assertThat(sink.text()).isEqualTo(all)));
        released.countDown();
        await().untilAsserted(() ->
                assertThat(hesitant).allSatisfy(sink -> assertThat(sink.text()).isEqualTo(all)));
    }

    @Test
    void endWhomTheyCanAtAnUndeploymentThoughOthersAreStuck() {
        List<WaitingSink> stuck =
                IntStream.range(0, 5).mapToObj(i -> subscribed(true)).toList();
        List<WaitingSink> healthy =
                IntStream.range(0, 20).mapToObj(i -> subscribed(false)).toList();
        node.publish("c", "message", Set.of(), "1");
        await().until(() -> stuck.stream().allMatch(sink -> sink.writer() != null));

        node.close();

        await().untilAsserted(() -> assertThat(healthy)
                .allSatisfy(sink -> assertThat(sink.completed()).isTrue()));
        assertThat(stuck).noneMatch(WaitingSink::completed);
        released.countDown();
        await().untilAsserted(() -> assertThat(stuck).allMatch(WaitingSink::completed));
    }

    @Test
    void endWhoComesAfterTheUndeployment() {
        node.publish("c", "message", Set.of(), "1");
        node.close();

        assertThat(subscribed(false).completed()).isTrue();
    }
}
