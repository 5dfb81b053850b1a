package io.eventstream.cluster;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A thread of this node, whose end its application waits for: where a server takes away the persistence unit from a thread in a
 * transaction, the transaction stays, and with it the application's class loader until the transaction's timeout. Safe for use
 * by many threads.
 */
final class NodeThread {

    private final String name;
    private volatile @Nullable Thread thread;

    NodeThread(String name) {
        this.name = name;
    }

    void start(ThreadFactory threads, Runnable work) {
        Thread started = threads.newThread(work);
        started.setName(name);
        thread = started;
        started.start();
    }

    /** Waits until it has ended, but no longer than this; not at all if it was not started. */
    void awaitEnd(Duration patience) {
        Thread started = thread;
        try {
            if (started != null) {
                started.join(patience.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
