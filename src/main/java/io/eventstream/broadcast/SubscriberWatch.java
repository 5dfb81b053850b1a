package io.eventstream.broadcast;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks after each subscriber when its time has come: one thread and a timer wheel, so that the cost does not depend on
 * how many are idle. Safe for use by many threads.
 */
final class SubscriberWatch {

    /** The slot of a subscriber that nobody looks after. */
    static final int NOWHERE = -1;

    private static final int SLOTS = 512;
    /** A limit is kept to a twentieth of itself, and to 100 ms. */
    private static final int PARTS = 20;

    private static final long COARSEST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long FINEST = TimeUnit.MILLISECONDS.toNanos(2);

    private final long tick;
    private final LongSupplier clock;
    private final ThreadFactory threads;

    private final Object lock = new Object();
    private final List<Set<Subscriber>> slots = new ArrayList<>();
    private int size;
    private long turned;
    private boolean closed;
    private volatile @Nullable Thread thread;

    /**
     * Creates one.
     *
     * @param shortest the shortest limit to be kept, in nanoseconds
     */
    SubscriberWatch(long shortest, LongSupplier clock, ThreadFactory threads) {
        this.tick = Math.max(FINEST, Math.min(shortest / PARTS, COARSEST));
        this.clock = clock;
        this.threads = threads;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new HashSet<>());
        }
        this.turned = clock.getAsLong() / tick;
    }

    /** Looks after a subscriber from that time on. */
    void add(Subscriber subscriber, long due) {
        synchronized (lock) {
            if (size == 0) {
                turned = clock.getAsLong() / tick;
            }
            place(subscriber, due);
            size++;
            if (thread == null && !closed) {
                Thread started = threads.newThread(this::run);
                started.setName("eventstream-watch");
                thread = started;
                started.start();
            }
        }
        LockSupport.unpark(thread);
    }

    void remove(Subscriber subscriber) {
        synchronized (lock) {
            if (subscriber.watchSlot >= 0) {
                slots.get(subscriber.watchSlot).remove(subscriber);
                subscriber.watchSlot = NOWHERE;
                size--;
            }
        }
    }

    /** {@return who is looked after} */
    List<Subscriber> all() {
        synchronized (lock) {
            return slots.stream().flatMap(Set::stream).toList();
        }
    }

    /** Looks after everybody whose time has come. */
    void turn() {
        long now = clock.getAsLong();
        for (Subscriber subscriber : due(now / tick)) {
            long next = subscriber.check(now);
            synchronized (lock) {
                // Not if it was ended, which removed it, while it was looked after.
                if (subscriber.watchSlot >= 0) {
                    slots.get(subscriber.watchSlot).remove(subscriber);
                    place(subscriber, next);
                }
            }
        }
    }

    private List<Subscriber> due(long until) {
        List<Subscriber> due = new ArrayList<>();
        synchronized (lock) {
            // Who waits longer than the wheel is round is looked after once a round too often.
            long from = Math.max(turned + 1, until - SLOTS + 1);
            for (long i = from; i <= until; i++) {
                Set<Subscriber> slot = slots.get((int) Math.floorMod(i, (long) SLOTS));
                due.addAll(slot);
            }
            turned = Math.max(turned, until);
        }
        return due;
    }

    private void place(Subscriber subscriber, long due) {
        long step = Math.max(turned + 1, Math.min(-Math.floorDiv(-due, tick), turned + SLOTS - 1));
        int slot = (int) Math.floorMod(step, (long) SLOTS);
        slots.get(slot).add(subscriber);
        subscriber.watchSlot = slot;
    }

    private void run() {
        while (true) {
            boolean idle;
            synchronized (lock) {
                if (closed) {
                    return;
                }
                idle = size == 0;
            }
            if (idle) {
                LockSupport.park(this);
            } else {
                // To the next tick and not for one, or whoever is due would wait for up to two.
                LockSupport.parkNanos(this, tick - Math.floorMod(clock.getAsLong(), tick));
            }
            turn();
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
        }
        LockSupport.unpark(thread);
    }
}
