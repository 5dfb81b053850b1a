package io.eventstream.broadcast;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between attempts, spread so that many who failed together do not come back together. One thread at a time. */
final class BackOff {

    private static final long FIRST_MILLIS = 10;

    private final long mostMillis;
    private long millis = FIRST_MILLIS;

    BackOff(Duration most) {
        this.mostMillis = Math.max(FIRST_MILLIS, most.toMillis());
    }

    Duration next() {
        long pause = millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        millis = Math.min(mostMillis, millis * 2);
        return Duration.ofMillis(pause);
    }
}
