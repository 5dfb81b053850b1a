package io.eventstream.broadcast;

import java.time.Duration;

/** Runs what may wait for the storage, on threads that may. Safe for use by many threads. */
@FunctionalInterface
interface Later {

    /** Runs a task after a delay; never on the calling thread. */
    void run(Duration delay, Runnable task);
}
