package io.eventstream.broadcast;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that moves the subscribers of each channel with something new to the channel's head, so that a publisher
 * only appends and returns. It never waits for a peer. Safe for use by many threads.
 */
final class Dispatcher {

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
    /** Leaves those that may block to others. */
    private static final BlockingDrains.Mover WAKE = subscriber -> {
        subscriber.wake();
        return true;
    };

    /** So long no round takes, however many the subscribers; a false alarm would have them all reconnect. */
    private static final long LONGEST_ROUND = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier clock;
    private final ThreadFactory threads;
    private final ConcurrentLinkedQueue<BlockingDrains.Due> due = new ConcurrentLinkedQueue<>();

    private volatile @Nullable Thread thread;
    private volatile boolean parked;
    private volatile boolean closed;
    /** When it took the channel that it is at; 0 while it is at none. */
    private volatile long tookAt;

    Dispatcher(LongSupplier clock, ThreadFactory threads) {
        this.clock = clock;
        this.threads = threads;
    }

    /** Something new in that channel. Whoever calls sees to it that a channel is not queued twice. */
    void submit(BlockingDrains.Due channel) {
        due.add(channel);
        if (thread == null) {
            begin();
        }
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    private synchronized void begin() {
        if (thread == null && !closed) {
            Thread started = threads.newThread(this::run);
            started.setName("eventstream-dispatcher");
            thread = started;
            started.start();
        }
    }

    private void run() {
        while (!closed) {
            BlockingDrains.Due channel = due.poll();
            if (channel != null) {
                long now = clock.getAsLong();
                tookAt = now == 0 ? 1 : now;
                dispatch(channel);
            } else {
                tookAt = 0;
                parked = true;
                if (due.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                parked = false;
            }
        }
    }

    static void dispatch(BlockingDrains.Due channel) {
        dispatch(channel, WAKE);
    }

    /** A fault in one channel must not end the delivery of all the others, nor reach a publisher who lends his thread. */
    static void dispatch(BlockingDrains.Due due, BlockingDrains.Mover mover) {
        try {
            due.dispatch(mover);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, () -> "Dispatching to " + due + " failed", e);
        }
    }

    /** {@return false if it is stuck in a channel, or its thread has ended; idle or not needed yet counts as moving} */
    boolean isMoving() {
        Thread running = thread;
        if (closed || running == null) {
            return true;
        }
        long since = tookAt;
        return running.isAlive() && (since == 0 || clock.getAsLong() - since <= LONGEST_ROUND);
    }

    /** Does what is still to be done, on the caller's thread. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
        runAll();
    }

    private void runAll() {
        for (BlockingDrains.Due next = due.poll(); next != null; next = due.poll()) {
            dispatch(next);
        }
    }
}
