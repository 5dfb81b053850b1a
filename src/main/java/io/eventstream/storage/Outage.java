package io.eventstream.storage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells an operator once when the storage fails, and once when it works again. One thread at a time. */
final class Outage {

    private static final Logger LOG = System.getLogger(Outage.class.getName());

    private final LongSupplier nanoTime;
    private boolean lasts;
    private long began;

    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void failed(RuntimeException reason) {
        if (!lasts) {
            lasts = true;
            began = nanoTime.getAsLong();
            LOG.log(
                    Level.WARNING,
                    "The storage of events fails: sending to reliable channels fails, streams stay open."
                            + " It is tried again until it works",
                    reason);
        }
    }

    void worked() {
        if (lasts) {
            lasts = false;
            LOG.log(
                    Level.INFO,
                    "The storage of events works again, after "
                            + Duration.ofNanos(nanoTime.getAsLong() - began).toSeconds() + " s");
        }
    }
}
