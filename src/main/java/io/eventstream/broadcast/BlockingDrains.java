package io.eventstream.broadcast;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Drains subscribers whose sinks may block. Draining is a role, not a thread: when a write lasts over 20 ms somebody
 * else takes the role over, and the stuck thread then belongs to that one subscriber until the peer or the server lets
 * it go. So a stalled client delays the others by 20 ms once, and there are as many threads as there are stuck writes,
 * and one. Safe for use by many threads.
 */
final class BlockingDrains {

    private static final Logger LOG = System.getLogger(BlockingDrains.class.getName());
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(20);

    private final LongSupplier clock;
    private final ThreadFactory threads;
    private final LinkedBlockingQueue<Runnable> due = new LinkedBlockingQueue<>();

    private volatile @Nullable Worker active;
    private volatile @Nullable Thread watchdog;
    private volatile boolean watchdogParked;
    private volatile boolean closed;

    BlockingDrains(LongSupplier clock, ThreadFactory threads) {
        this.clock = clock;
        this.threads = threads;
    }

    void submit(Subscriber subscriber) {
        due.add(subscriber::drainHere);
        if (active == null) {
            begin();
        }
        if (watchdogParked) {
            LockSupport.unpark(watchdog);
        }
    }

    private synchronized void begin() {
        if (active == null && !closed) {
            appoint();
            watchdog = start("eventstream-drain-watchdog", this::watch);
        }
    }

    private void appoint() {
        var worker = new Worker();
        active = worker;
        start("eventstream-drain", worker::run);
    }

    private Thread start(String name, Runnable run) {
        Thread thread = threads.newThread(run);
        thread.setName(name);
        thread.start();
        return thread;
    }

    private void watch() {
        while (!closed) {
            Worker worker = active;
            long since = worker == null ? 0 : worker.busySince;
            if (since == 0) {
                watchdogParked = true;
                if (due.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                watchdogParked = false;
                LockSupport.parkNanos(this, PATIENCE / 4);
            } else if (clock.getAsLong() - since > PATIENCE) {
                appoint();
            } else {
                LockSupport.parkNanos(this, PATIENCE / 4);
            }
        }
    }

    /** What is due is still drained. */
    void close() {
        closed = true;
        due.add(() -> LOG.log(Level.DEBUG, "No more drains: the application ends"));
        LockSupport.unpark(watchdog);
    }

    private final class Worker {

        private volatile long busySince;

        void run() {
            try {
                while (active == this && !(closed && due.isEmpty())) {
                    Runnable drain = due.take();
                    long now = clock.getAsLong();
                    busySince = now == 0 ? 1 : now;
                    drain.run();
                    busySince = 0;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
