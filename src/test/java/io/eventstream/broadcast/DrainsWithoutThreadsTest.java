package io.eventstream.broadcast;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application's end, at which its server makes no more threads for it, though an end lasts long. */
class DrainsWithoutThreadsTest {

    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicBoolean applicationEnds = new AtomicBoolean();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final AtomicInteger completed = new AtomicInteger();

    @AfterEach
    void everyThreadEnds() {
        released.countDown();
        await().until(() -> threads.get() == 0);
    }

    private enum Refusal {
        /** As a bean does whose application has ended. */
        BY_THE_FACTORY,
        /** As a thread does on Open Liberty. */
        BY_THE_THREAD
    }

    private Thread thread(Runnable run, Refusal refusal) {
        if (applicationEnds.get() && refusal == Refusal.BY_THE_FACTORY) {
            throw new IllegalStateException("The application has ended");
        }
        return TestNode.REAL_THREADS.newThread(() -> {
            if (applicationEnds.get()) {
                return;
            }
            threads.incrementAndGet();
            run.run();
            threads.decrementAndGet();
        });
    }

    @ParameterizedTest
    @EnumSource
    void endEverybodyAllTheSame(Refusal refusal) {
        Broadcasters node = TestNode.broadcasters(System::nanoTime, run -> thread(run, refusal));
        List<Subscriber> subscribers = IntStream.range(0, 5)
                .mapToObj(i -> node.subscribe(TestNode.interest("c")))
                .toList();
        subscribers.forEach(subscriber -> subscriber.start(new WaitingEnd()));
        node.publish("c", "message", Set.of(), "1");
        await().until(() -> threads.get() > 2);

        applicationEnds.set(true);
        node.close();

        await().until(() -> completed.get() == subscribers.size() - 1);
        released.countDown();
        await().until(() -> completed.get() == subscribers.size());
    }

    /** The first of these to end is held until it is released. */
    private final class WaitingEnd implements Sink {

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void write(byte[] bytes) {
            // Only its end is looked at.
        }

        @Override
        public void flush() {
            // Only its end is looked at.
        }

        @Override
        public void complete(Ending end, @Nullable Exception failure) {
            if (first.getAndSet(false)) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            completed.incrementAndGet();
        }

        @Override
        public boolean mayBlock() {
            return true;
        }
    }
}
