package io.eventstream.broadcast;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that moves the subscribers of each channel with something new to the channel's head, so that a publisher
 * only appends and returns. It never waits for a peer. Safe for use by many threads.
 */
final class Dispatcher {

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final ThreadFactory threads;
    private final ConcurrentLinkedQueue<LiveChannel> due = new ConcurrentLinkedQueue<>();

    private volatile @Nullable Thread thread;
    private volatile boolean parked;
    private volatile boolean closed;

    Dispatcher(ThreadFactory threads) {
        this.threads = threads;
    }

    /** Something new in that channel. Whoever calls sees to it that a channel is not queued twice. */
    void submit(LiveChannel channel) {
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
            LiveChannel channel = due.poll();
            if (channel != null) {
                dispatch(channel);
            } else {
                parked = true;
                if (due.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                parked = false;
            }
        }
    }

    /** A fault in one channel must not end the delivery of all the others, nor reach a publisher who lends his thread. */
    static void dispatch(LiveChannel channel) {
        try {
            channel.dispatch();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, () -> "Dispatching to the channel " + channel.name() + " failed", e);
        }
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
