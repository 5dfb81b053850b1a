package io.eventstream.broadcast;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Stands still until it is moved. */
final class MovableClock implements LongSupplier {

    private final AtomicLong now = new AtomicLong(Duration.ofHours(1).toNanos());

    @Override
    public long getAsLong() {
        return now.get();
    }

    void move(Duration by) {
        now.addAndGet(by.toNanos());
    }
}
