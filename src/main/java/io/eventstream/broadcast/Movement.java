package io.eventstream.broadcast;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Sees that the subscribers of a channel are moved to its head. Safe for use by many threads. */
final class Movement implements BlockingDrains.Due {

    private static final int FEW = 32;

    /**
     * So many subscribers are moved equally far, so that they share a range. Those after them take along what was sent
     * meanwhile: under load a write then carries twice as much (docs/performance.md).
     */
    private static final int GROUP = 32;

    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

    private final LiveChannel channel;
    private final Members members;
    private final Broadcasters node;
    private final RangeEncoder ranges = new RangeEncoder();
    private final Deliveries deliveries = new Deliveries();
    private final AtomicBoolean signalled = new AtomicBoolean();

    /** Those that a walk may have missed, since they took the place of one that left. */
    private final Queue<Subscription> overlooked = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean overlooking = new AtomicBoolean();

    /** How far the subscribers are moved: the head as of the group that was last begun. */
    private final AtomicLong reach = new AtomicLong();

    /** When the subscribers were last moved. */
    private volatile long dispatched;

    /** Whether there was a subscriber whose sink may block. */
    private volatile boolean mayBlock;

    Movement(LiveChannel channel, Members members, Broadcasters node) {
        this.channel = channel;
        this.members = members;
        this.node = node;
    }

    RangeEncoder ranges() {
        return ranges;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    long reach() {
        return reach.get();
    }

    /** {@return when the subscribers were last moved, as of the node's clock} */
    long dispatched() {
        return dispatched;
    }

    void mayBlock() {
        mayBlock = true;
    }

    boolean blocks() {
        return mayBlock;
    }

    /**
     * Sees that the subscribers are moved: by the publisher's own thread where that is cheaper than waking another, that
     * is a few subscribers of a channel in which nothing happened a moment ago; in a burst by the dispatcher, which makes
     * one write of many events. Neither waits for a subscriber: where one may block it is left to {@link BlockingDrains}.
     */
    void signal() {
        if (signalled.compareAndSet(false, true)) {
            if (!mayBlock && members.size() <= FEW && node.subscribers().now() - dispatched > MOMENT) {
                Dispatcher.dispatch(this);
            } else {
                node.dispatchSoon(this, mayBlock);
            }
        }
    }

    /** Moves every subscriber that can be written to at least as far as the head is now. */
    @Override
    public void dispatch(BlockingDrains.Mover mover) {
        signalled.set(false);
        dispatched = node.subscribers().now();
        long head = reachHead();
        long removals = members.removals();
        var round = new Object() {
            long slowest = head;
            int moved;
        };
        boolean all = members.whileEach(subscription -> {
            boolean goOn = mover.move(subscription.subscriber);
            round.slowest = Math.min(round.slowest, subscription.position());
            if (++round.moved % GROUP == 0) {
                reachHead();
            }
            return goOn;
        });
        if (!all || !moveOverlooked(mover)) {
            return; // whoever took over does it
        }
        ranges.clear();
        deliveries.complete(head);
        if (!channel.forget(round.slowest, removals) && signalled.compareAndSet(false, true)) {
            node.dispatchSoon(this, mayBlock);
        }
    }

    private long reachHead() {
        long head = channel.tail().head();
        // Two threads may be here at once, and the slower one must not take back what the other has set.
        reach.accumulateAndGet(head, Math::max);
        return head;
    }

    /**
     * Moves a subscription that a walk may have missed. Not here: its peer may be gone as well, so that it leaves too and
     * another takes its place, and so on for each of thousands whose network has failed.
     */
    void overlooked(Subscription subscription) {
        overlooked.add(subscription);
        if (overlooking.compareAndSet(false, true)) {
            node.dispatchSoon(
                    mover -> {
                        overlooking.set(false);
                        moveOverlooked(mover);
                    },
                    mayBlock);
        }
    }

    /** {@return false if somebody took over, who goes on} */
    private boolean moveOverlooked(BlockingDrains.Mover mover) {
        for (Subscription next = overlooked.poll(); next != null; next = overlooked.poll()) {
            if (!mover.move(next.subscriber)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Ends a subscriber, by a thread of ours: a server ends the request of a stream on the thread that completes it, and the
     * caller may have a request of its own there, which Payara then finds confused.
     */
    void end(Subscriber subscriber, Ending reason) {
        subscriber.mark(reason);
        node.dispatchSoon(mover -> mover.move(subscriber), mayBlock);
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
