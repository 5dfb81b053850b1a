package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sends, connects, disconnects, keep-alives, stalls, kicks and undeployments against each other, on eight threads. */
class BroadcastStressTest {

    private static final int THREADS = 8;
    private static final int CHANNELS = 20;
    private static final Duration LASTS = Duration.ofSeconds(30);

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Broadcasters> node = new AtomicReference<>(deployed());
    private final Set<Subscriber> open = ConcurrentHashMap.newKeySet();

    private static Broadcasters deployed() {
        return TestNode.broadcasters(
                System::nanoTime,
                TestNode.REAL_THREADS,
                "eventstream.keep-alive",
                "PT0.05S",
                "eventstream.stall-limit",
                "PT0.2S",
                "eventstream.tail.events",
                "50");
    }

    /** A connection whose peer is slow, fails or blocks, each now and then; notes what may not be. */
    private final class ErraticSink implements Sink {

        private final Random random;
        private final boolean mayBlock;
        private final AtomicInteger inside = new AtomicInteger();
        private volatile boolean stalled;
        private volatile boolean ended;
        private @Nullable Runnable wake;

        ErraticSink(Random random) {
            this.random = new Random(random.nextLong());
            this.mayBlock = random.nextInt(4) == 0;
        }

        @Override
        public boolean ready() {
            enter("ready");
            if (random.nextInt(50) == 0) {
                stalled = true;
            }
            leave();
            return !stalled;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            enter("write");
            try {
                if (stalled) {
                    faults.add("write while stalled");
                }
                if (random.nextInt(500) == 0) {
                    throw new IOException("Broken pipe");
                }
            } finally {
                leave();
            }
        }

        @Override
        public void flush() {
            enter("flush");
            leave();
        }

        @Override
        public void complete(Ending end, @Nullable Exception failure) {
            enter("complete");
            ended = true;
            leave();
        }

        @Override
        public boolean mayBlock() {
            return mayBlock;
        }

        void recover() {
            stalled = false;
            Runnable waker = wake;
            if (waker != null) {
                waker.run();
            }
        }

        private void enter(String call) {
            if (inside.getAndIncrement() != 0) {
                faults.add(call + " by two at once");
            }
            if (ended) {
                faults.add(call + " after the end");
            }
        }

        private void leave() {
            inside.decrementAndGet();
        }
    }

    @Test
    void leavesNeitherADeadlockNorAnEventAfterTheEndNorASubscriber() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS, TestNode.REAL_THREADS);
        long until = System.nanoTime() + LASTS.toNanos();
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            var random = new Random(i);
            workers.add(pool.submit(() -> work(random, until)));
        }
        for (Future<?> worker : workers) {
            worker.get(LASTS.toSeconds() + 30, TimeUnit.SECONDS);
        }
        Broadcasters last = node.get();
        last.close();
        pool.shutdown();

        await().untilAsserted(() -> assertThat(last.subscribers().count()).isZero());
        await().untilAsserted(() -> assertThat(last.subscribers().watch().all()).isEmpty());
        await().untilAsserted(() -> assertThat(last.count()).isZero());
        await().untilAsserted(() -> assertThat(last.budget().held()).isZero());
        assertThat(faults).isEmpty();
    }

    private void work(Random random, long until) {
        List<ErraticSink> mine = new ArrayList<>();
        while (System.nanoTime() < until) {
            Broadcasters now = node.get();
            String channel = "c" + random.nextInt(CHANNELS);
            switch (random.nextInt(20)) {
                case 0, 1 -> connect(now, random, channel, mine);
                case 2 -> open.stream().findAny().ifPresent(this::disconnect);
                case 3 -> now.ifLive(channel, live -> live.recheck(user -> random.nextBoolean()));
                case 4 -> now.broadcaster(channel).close(random.nextBoolean());
                case 5, 6 -> mine.forEach(ErraticSink::recover);
                case 7 -> {
                    if (random.nextInt(2_000) == 0) {
                        // Undeployed and deployed again, while the others go on with the old one.
                        node.compareAndSet(now, deployed());
                        now.close();
                        open.clear();
                    }
                }
                default -> now.publish(channel, "message", Set.of(), "x".repeat(random.nextInt(200)));
            }
            if (mine.size() > 200) {
                mine.subList(0, 100).clear();
            }
        }
    }

    private void connect(Broadcasters now, Random random, String channel, List<ErraticSink> mine) {
        var sink = new ErraticSink(random);
        Subscriber subscriber = now.subscribe(new Interest(
                Set.copyOf(List.of(channel, "c" + random.nextInt(CHANNELS))), Set.of(), TestNode.user("")));
        sink.wake = subscriber::wake;
        subscriber.start(sink);
        subscriber.wake();
        open.add(subscriber);
        mine.add(sink);
    }

    private void disconnect(Subscriber subscriber) {
        open.remove(subscriber);
        subscriber.end();
    }
}
