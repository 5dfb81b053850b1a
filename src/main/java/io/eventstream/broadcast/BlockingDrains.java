package io.eventstream.broadcast;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Moves subscribers whose sinks may block. Draining is a role, not a thread: when a call of a sink lasts too long ({@link Patience})
 * somebody else takes the role over, and the stuck thread then belongs to that one subscriber until the peer or the server
 * lets it go. So a stalled client delays the others once, and there are as many threads as there are stuck calls, and
 * one. Safe for use by many threads.
 */
final class BlockingDrains {

    /** Moves one subscriber. */
    interface Mover {

        /** {@return whether to go on with others} */
        boolean move(Subscriber subscriber);
    }

    /** A subscriber, or all of a channel. That it is done twice, or by two threads at once, does no harm. */
    interface Due {

        /** Has the mover move whoever is to be moved. */
        void dispatch(Mover mover);
    }

    private final ThreadFactory threads;
    private final ConcurrentLinkedQueue<Due> due = new ConcurrentLinkedQueue<>();
    private final Patience patience = new Patience();

    private volatile @Nullable Worker active;
    private volatile @Nullable Thread watchdog;
    private volatile boolean watchdogParked;
    private volatile boolean closed;
    private volatile boolean ended;

    BlockingDrains(ThreadFactory threads) {
        this.threads = threads;
    }

    void submit(Due something) {
        due.add(something);
        if (ended) {
            drainRest();
            return;
        }
        Worker worker = active;
        if (worker == null) {
            begin();
        } else if (worker.parked) {
            LockSupport.unpark(worker.thread);
        }
        if (watchdogParked) {
            LockSupport.unpark(watchdog);
        }
    }

    private synchronized void begin() {
        if (active == null && !closed) {
            appoint(null);
            Thread thread = named("eventstream-drain-watchdog", this::watch);
            watchdog = thread;
            thread.start();
        }
    }

    /** Gives the role to a new thread. */
    private void appoint(@Nullable Due first) {
        var worker = new Worker(first);
        Thread thread = named("eventstream-drain", worker::run);
        active = worker;
        thread.start();
        worker.thread = thread;
    }

    private Thread named(String name, Runnable run) {
        Thread thread = threads.newThread(run);
        thread.setName(name);
        return thread;
    }

    private void replace(Worker stuck) {
        try {
            stuck.replacedAt = System.nanoTime();
            appoint(stuck.at);
        } catch (RuntimeException e) {
            if (!closed) {
                throw e;
            }
            goOnAlone(stuck); // The application has ended, and with it what makes threads.
        }
    }

    private void goOnAlone(@Nullable Worker predecessor) {
        Due at = predecessor == null ? null : predecessor.at;
        end();
        if (at != null) {
            submit(at);
        }
    }

    private void watch() {
        Worker seen = null;
        long call = 0;
        int looks = 0;
        while (!ended) {
            Worker worker = active;
            if (worker == null || (closed && !isAlive(worker.thread))) {
                goOnAlone(worker); // At the end a server may begin no thread any more, and say so on that thread.
                return;
            }
            long now = worker.calls.get();
            if (worker == seen && now == call && Worker.isInside(now)) {
                looks++;
                if (patience.isOver(looks)) {
                    replace(worker);
                    patience.stuck();
                    seen = null;
                }
            } else {
                looks = 0;
                patience.moving();
                seen = worker;
                call = now;
                parkWhileIdle(worker);
            }
            LockSupport.parkNanos(this, patience.pause());
        }
    }

    private void parkWhileIdle(Worker worker) {
        watchdogParked = true;
        if (worker.parked && due.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        watchdogParked = false;
    }

    /** {@return false if a thread of it has died; one that is stuck is replaced, and not needed yet counts as moving} */
    boolean isMoving() {
        Worker worker = active;
        return closed || worker == null || (isAlive(worker.thread) && isAlive(watchdog));
    }

    /** One that is not known yet is about to begin. */
    private static boolean isAlive(@Nullable Thread thread) {
        return thread == null || thread.isAlive();
    }

    /** What is due is still drained, by the caller once nobody else does. */
    synchronized void close() {
        closed = true;
        Worker worker = active;
        if (worker == null) {
            end();
        } else {
            LockSupport.unpark(worker.thread);
            LockSupport.unpark(watchdog);
        }
    }

    private void end() {
        ended = true;
        drainRest();
    }

    private void drainRest() {
        for (Due next = due.poll(); next != null; next = due.poll()) {
            Dispatcher.dispatch(next, subscriber -> {
                subscriber.drain();
                return true;
            });
        }
    }

    private final class Worker {

        /** Raised before and after each call: odd inside of one. */
        private final AtomicLong calls = new AtomicLong();

        /** What it is at: to be done again by whoever takes the role over. */
        private volatile @Nullable Due at;

        private volatile @Nullable Thread thread;
        private volatile boolean parked;
        private volatile long replacedAt;

        Worker(@Nullable Due first) {
            this.at = first;
        }

        static boolean isInside(long calls) {
            return (calls & 1) == 1;
        }

        void run() {
            Due next = at;
            while (true) {
                if (next != null) {
                    Dispatcher.dispatch(next, this::move);
                } else if (closed) {
                    end();
                    return;
                } else {
                    park();
                }
                if (active != this) {
                    if (System.nanoTime() - replacedAt < Patience.MISTAKE) {
                        patience.mistaken();
                    }
                    if (next != null) {
                        submit(next); // Who took over may have looked before it was begun.
                    }
                    return;
                }
                next = due.poll();
                at = next;
            }
        }

        private void park() {
            parked = true;
            if (due.isEmpty() && !closed) {
                LockSupport.park(BlockingDrains.this);
            }
            parked = false;
        }

        private boolean move(Subscriber subscriber) {
            calls.lazySet(calls.getPlain() + 1);
            try {
                subscriber.drain();
            } finally {
                calls.lazySet(calls.getPlain() + 1);
            }
            return active == this;
        }
    }
}
