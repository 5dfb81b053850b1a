package io.eventstream.storage;

import io.eventstream.api.StorageUnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How soon to try again to connect. Meanwhile everybody is told at once that there is no Redis, instead of waiting for the
 * same time-out one by one, and a Redis that starts is not run over. Safe for use by many threads.
 */
final class RedisBackOff {

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LongSupplier nanoTime;
    private long pauseNanos;
    private long until;
    private @Nullable Throwable reason;

    /** Made with the clock, as {@link System#nanoTime} is. */
    RedisBackOff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Throws where it is too soon. */
    synchronized void check() {
        if (reason != null && nanoTime.getAsLong() - until < 0) {
            throw new StorageUnavailableException("Redis could not be reached just now", reason);
        }
    }

    synchronized void failed(Throwable cause) {
        pauseNanos = Math.min(Math.max(pauseNanos * 2, FIRST_NANOS), LONGEST_NANOS);
        until = nanoTime.getAsLong() + pauseNanos;
        reason = cause;
    }

    synchronized void connected() {
        pauseNanos = 0;
        reason = null;
    }
}
