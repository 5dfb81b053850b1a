package io.eventstream.sender;

import io.eventstream.cluster.RedisTopic;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** By the topic alone, one after the other. */
final class UnstoredWay implements RedisWay {

    /** So that a Redis that is away does not fill the heap. */
    private static final int MOST_WAITING = 10_000;

    private static final long PATIENCE_SECONDS = 10;

    private final RedisTopic topic;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), UnstoredWay::thread);

    UnstoredWay(RedisTopic topic) {
        this.topic = topic;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "eventstream-sending");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletableFuture<Long> send(String channel, String type, String data) {
        var result = new CompletableFuture<Long>();
        try {
            thread.execute(() -> {
                try {
                    topic.live(channel, type, data);
                    result.complete(0L);
                } catch (IOException | RuntimeException e) {
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
        topic.close();
    }
}
