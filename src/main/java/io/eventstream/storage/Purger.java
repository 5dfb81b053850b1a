package io.eventstream.storage;

import io.eventstream.api.StorageUnavailableException;
import io.eventstream.spi.EventStorage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Purges from time to time, on a thread of its own, so that no sender waits for it. */
final class Purger implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Purger.class.getName());

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final EventStorage storage;
    private final ChannelRetention retention;
    private final ThreadFactory threads;
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile @Nullable Thread thread;
    /** Of the thread alone. */
    private boolean refused;

    Purger(EventStorage storage, ChannelRetention retention, ThreadFactory threads) {
        this.storage = storage;
        this.retention = retention;
        this.threads = threads;
    }

    void start() {
        Thread started = threads.newThread(this::run);
        started.setName("eventstream-purge");
        thread = started;
        started.start();
    }

    /** Often enough for the shortest retention. */
    static Duration pause(Duration shortestRetention) {
        Duration pause = shortestRetention.dividedBy(10);
        if (pause.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void run() {
        long pause = pause(retention.shortest()).toMillis();
        try {
            while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
                purge();
            }
        } catch (InterruptedException e) {
            // The server wants its thread back.
            closed.countDown();
        }
    }

    private void purge() {
        try {
            long purged = storage.purge(retention);
            refused = false;
            LOG.log(Level.DEBUG, () -> purged + " events purged");
        } catch (StorageUnavailableException e) {
            // An outage is told by the thread that numbers.
            LOG.log(Level.DEBUG, "Nothing purged", e);
        } catch (RuntimeException e) {
            LOG.log(refused ? Level.DEBUG : Level.WARNING, "Old events cannot be purged, so the storage grows", e);
            refused = true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** Waits for the end of the thread. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        Thread started = thread;
        if (started != null) {
            started.join(atMost.toMillis());
        }
    }
}
