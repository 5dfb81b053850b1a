package io.eventstream.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** Tells an operator once when the transport fails, and once when it works again. Safe for use by many threads. */
final class TransportOutage {

    private static final Logger LOG = System.getLogger(TransportOutage.class.getName());

    /** What may fail alone. */
    enum Direction {
        SENDING,
        RECEIVING
    }

    private final LongSupplier clock;
    private final Set<Direction> failing = EnumSet.noneOf(Direction.class);
    private long began;

    /** Made with the clock, as {@link System#nanoTime} is. */
    TransportOutage(LongSupplier clock) {
        this.clock = clock;
    }

    void failed(Direction direction, Exception reason) {
        if (begins(direction)) {
            LOG.log(
                    Level.WARNING,
                    "The transport between the nodes fails: events of reliable channels come from the storage meanwhile,"
                            + " others do not reach the other nodes. It is tried again until it works",
                    reason);
        }
    }

    void worked(Direction direction) {
        long nanos = endedAfter(direction);
        if (nanos >= 0) {
            LOG.log(
                    Level.INFO,
                    "The transport between the nodes works again, after "
                            + Duration.ofNanos(nanos).toSeconds() + " s");
        }
    }

    private synchronized boolean begins(Direction direction) {
        boolean first = failing.isEmpty();
        if (first) {
            began = clock.getAsLong();
        }
        failing.add(direction);
        return first;
    }

    /** {@return how long it has lasted; negative if it does not end now} */
    private synchronized long endedAfter(Direction direction) {
        return failing.remove(direction) && failing.isEmpty() ? clock.getAsLong() - began : -1;
    }
}
