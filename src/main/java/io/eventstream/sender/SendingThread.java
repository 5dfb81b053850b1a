package io.eventstream.sender;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that sends what was handed over, one after the other. Safe for use by many threads. */
final class SendingThread implements AutoCloseable {

    /** So that what is sent to and is away does not fill the heap. */
    private static final int MOST_WAITING = 10_000;

    private static final long PATIENCE_SECONDS = 10;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), SendingThread::thread);

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "eventstream-sending");
        thread.setDaemon(true);
        return thread;
    }

    /** {@return what the work returns or throws, once its turn has come} */
    <T> CompletableFuture<T> submit(Callable<T> work) {
        var result = new CompletableFuture<T>();
        try {
            thread.execute(() -> {
                try {
                    result.complete(work.call());
                } catch (Exception | LinkageError e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new IOException(
                    thread.isShutdown() ? "The sender is closed" : MOST_WAITING + " events wait to be sent already",
                    e));
        }
        return result;
    }

    /** Takes nothing more; what it has taken still goes, for some seconds at most. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
