package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplayThreadsTest {

    private final ReplayThreads threads = new ReplayThreads(Thread::new);

    @Test
    void theEndWaitsForWhatIsUnderWayAndDoesNotInterruptIt() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var done = new AtomicBoolean();
        threads.run(Duration.ZERO, () -> {
            begun.countDown();
            done.set(awaitUninterrupted(goOn));
        });
        begun.await();
        Thread closing = new Thread(threads::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(done).isFalse();
        goOn.countDown();
        closing.join();
        assertThat(done).isTrue();
    }

    @Test
    void whatHasNotBegunIsNotDone() {
        var done = new AtomicInteger();
        threads.run(Duration.ofHours(1), done::incrementAndGet);
        threads.close();
        threads.run(Duration.ZERO, done::incrementAndGet);
        assertThat(done).hasValue(0);
    }

    @Test
    void whatTakesTooLongIsInterrupted() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        threads.run(Duration.ZERO, () -> {
            begun.countDown();
            if (!awaitUninterrupted(new CountDownLatch(1))) {
                interrupted.countDown();
            }
        });
        begun.await();
        threads.close();
        interrupted.await();
    }

    private static boolean awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
