package io.eventstream.storage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tells an operator once when the storage fails, and once when it works again, whoever notices. Safe for use by many threads.
 */
final class Outage {

    private static final Logger LOG = System.getLogger(Outage.class.getName());

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean lasts;
    private long began;
    private long failedLast;

    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** {@return the time, for {@link #worked}} */
    long now() {
        return nanoTime.getAsLong();
    }

    void failed(RuntimeException reason) {
        if (begins()) {
            LOG.log(
                    Level.WARNING,
                    "The storage of events fails: sending to reliable channels fails, streams stay open."
                            + " It is tried again until it works",
                    reason);
        }
    }

    private boolean begins() {
        lock.lock();
        try {
            failedLast = now();
            if (lasts) {
                return false;
            }
            lasts = true;
            began = failedLast;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Something went well. That says nothing if another has failed meanwhile: persistence providers repeat reads, so one may
     * take longer than the whole outage.
     *
     * @param since when it began, as {@link #now} had it
     */
    void worked(long since) {
        long nanos = endedAfter(since);
        if (nanos >= 0) {
            LOG.log(
                    Level.INFO,
                    "The storage of events works again, after "
                            + Duration.ofNanos(nanos).toSeconds() + " s");
        }
    }

    /** {@return how long it has lasted; negative if it does not end now} */
    private long endedAfter(long since) {
        lock.lock();
        try {
            if (!lasts || since - failedLast < 0) {
                return -1;
            }
            lasts = false;
            return now() - began;
        } finally {
            lock.unlock();
        }
    }
}
