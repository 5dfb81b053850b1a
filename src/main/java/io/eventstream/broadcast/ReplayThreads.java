package io.eventstream.broadcast;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The few threads on which this node reads the storage; started with the first task. Safe for use by many threads. */
final class ReplayThreads implements Later, AutoCloseable {

    /** Two, so that a page which takes long does not hold up the others and the poll. */
    private static final int THREADS = 2;

    /** How long an application's end waits for them. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ThreadFactory threads;
    private @Nullable ScheduledThreadPoolExecutor executor;
    private boolean closed;

    ReplayThreads(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whoever hands over a task waits for what it does, not for the task
    public synchronized void run(Duration delay, Runnable task) {
        if (closed) {
            return;
        }
        if (executor == null) {
            executor = new ScheduledThreadPoolExecutor(THREADS, this::named);
        }
        executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Thread named(Runnable run) {
        Thread thread = threads.newThread(run);
        thread.setName("eventstream-replay");
        return thread;
    }

    /**
     * Reads no more. What is read just now is waited for, but not for long: a server that takes away the persistence unit from a
     * thread in a transaction leaves that transaction behind.
     */
    @Override
    public void close() {
        ScheduledThreadPoolExecutor running;
        synchronized (this) {
            closed = true;
            running = executor;
        }
        if (running == null) {
            return;
        }
        running.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        running.shutdown();
        try {
            if (!running.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
