package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

class VirtualThreadsTest {

    @Test
    void areThereFromTheReleaseOnInWhichTheyCanWaitAnywhere() {
        assertThat(VirtualThreads.areThere()).isEqualTo(Runtime.version().feature() >= 24);
    }

    @Test
    void areTakenForWhatWaitsWhereTheyAreThere() {
        ThreadFactory server = Thread::new;

        assertThat(WaitingThreads.orElse(server) == server).isEqualTo(!VirtualThreads.areThere());
    }

    @Test
    @EnabledForJreRange(minVersion = 24)
    void areVirtualAndRun() throws ReflectiveOperationException {
        var ran = new CompletableFuture<Thread>();

        Thread thread = new VirtualThreads().newThread(() -> ran.complete(Thread.currentThread()));
        thread.start();

        assertThat(ran.join()).isSameAs(thread);
        assertThat(Thread.class.getMethod("isVirtual").invoke(thread)).isEqualTo(true);
    }
}
