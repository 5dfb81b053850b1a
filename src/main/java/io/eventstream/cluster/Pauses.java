package io.eventstream.cluster;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Growing pauses between attempts, with jitter, so that the nodes do not all come back to a broker at once. One thread at a
 * time.
 */
final class Pauses {

    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 5_000;

    private final CountDownLatch end;
    private long millis = FIRST_MILLIS;

    /** Made with what cuts them short. */
    Pauses(CountDownLatch end) {
        this.end = end;
    }

    /** The server wants its thread back: then {@link #next} does not wait. */
    static void interruptedBy(Exception failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    /** After a success. */
    void reset() {
        millis = FIRST_MILLIS;
    }

    /** Waits. {@return false if it is to end} */
    boolean next() {
        long pause = ThreadLocalRandom.current().nextLong(millis / 2, millis);
        millis = Math.min(LONGEST_MILLIS, millis * 2);
        try {
            return !end.await(pause, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
