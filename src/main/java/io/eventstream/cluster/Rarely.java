package io.eventstream.cluster;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells of what may happen often, once a minute at most, with how often it was. Safe for use by many threads. */
final class Rarely {

    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final String what;
    private final LongSupplier clock;
    private final Consumer<String> log;
    private long count;
    private boolean told;
    private long toldAt;

    /**
     * Creates one.
     *
     * @param what the beginning of a sentence that goes on with a number
     * @param clock as {@link System#nanoTime}
     * @param log who is told
     */
    Rarely(String what, LongSupplier clock, Consumer<String> log) {
        this.what = what;
        this.clock = clock;
        this.log = log;
    }

    void happened(String reason) {
        long times = due();
        if (times > 0) {
            log.accept(what + ": " + times + ". The last one: " + reason);
        }
    }

    /** {@return how often it was since it was told last; 0 if it is not to be told now} */
    private synchronized long due() {
        count++;
        long now = clock.getAsLong();
        if (told && now - toldAt < PAUSE) {
            return 0;
        }
        told = true;
        toldAt = now;
        long times = count;
        count = 0;
        return times;
    }
}
