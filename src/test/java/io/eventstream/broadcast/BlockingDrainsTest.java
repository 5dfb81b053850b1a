package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
        // Watch, dispatcher, watchdog and whoever drains: none is left behind.
        await().untilAsserted(() -> assertThat(threads).hasValue(0));
    }

    /** A connection on a server where a write waits for the peer. */
    private final class WaitingSink implements Sink {

        private final boolean stuck;
        private final List<String> written = new ArrayList<>();

        WaitingSink(boolean stuck) {
            this.stuck = stuck;
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (stuck) {
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
            // Nothing to let go of.
        }

        @Override
        public boolean mayBlock() {
            return true;
        }

        String text() {
            synchronized (written) {
                return String.join("", written);
            }
        }
    }

    private WaitingSink subscribed(boolean stuck) {
        var sink = new WaitingSink(stuck);
        node.subscribe(TestNode.interest("c")).start(sink);
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
        // One for each stuck write, one that drains, the watchdog, the dispatcher, the watch.
        assertThat(threads.get()).isLessThanOrEqualTo(5 + 4);
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
        impatient.subscribe(TestNode.interest("c")).start(new WaitingSink(true));
        impatient.publish("c", "message", Set.of(), "1");

        await().untilAsserted(() -> assertThat(impatient.subscribers().count()).isZero());
        assertThat(impatient.count()).isZero();
        impatient.close();
    }

    @Test
    void drainOnAThreadThatIsNotThePublishers() {
        var sink = subscribed(true);

        node.publish("c", "message", Set.of(), "1");

        assertThat(sink.text()).isEmpty();
    }
}
