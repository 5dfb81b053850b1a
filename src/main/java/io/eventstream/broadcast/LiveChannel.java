package io.eventstream.broadcast;

import io.eventstream.broadcast.Ending.Reason;
import io.eventstream.spi.EventStreamUser;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A channel that somebody on this node listens to: its tail, and the subscriptions that read it. It is live or retired,
 * under its own lock: what is retired takes neither events nor subscribers, and has left the registry, so that nothing
 * is appended where a new subscriber does not see it. Safe for use by many threads.
 */
final class LiveChannel implements BlockingDrains.Due {

    private static final int FEW = 32;
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

    private final Broadcasters node;
    private final ChannelBroadcaster broadcaster;
    private final ChannelTail tail;
    private final RangeEncoder ranges = new RangeEncoder();
    private final Members members = new Members();
    private final SinkListeners listeners = new SinkListeners();
    private final Deliveries deliveries = new Deliveries();
    private final AtomicBoolean signalled = new AtomicBoolean();

    private final Object lock = new Object();
    /** Guarded by the lock. */
    private boolean retired;

    /** How far the subscribers are moved: the head when somebody last came by to move them, so that they share ranges. */
    private final AtomicLong reach = new AtomicLong();

    /** When the subscribers were last moved. */
    private volatile long dispatched;

    /** Whether there was a subscriber whose sink may block. */
    private volatile boolean mayBlock;

    LiveChannel(ChannelBroadcaster broadcaster, Broadcasters node) {
        this.broadcaster = broadcaster;
        this.node = node;
        this.tail = new ChannelTail(node.limits());
    }

    String name() {
        return broadcaster.channel();
    }

    ChannelBroadcaster broadcaster() {
        return broadcaster;
    }

    ChannelTail tail() {
        return tail;
    }

    RangeEncoder ranges() {
        return ranges;
    }

    long reach() {
        return reach.get();
    }

    SinkListeners listeners() {
        return listeners;
    }

    /**
     * Adds an event.
     *
     * @param delivered completed when the subscribers were moved past it; null if nobody asks
     * @return false if this channel is retired
     */
    boolean append(String type, Set<String> skipUsers, byte[] bytes, @Nullable CompletableFuture<Void> delivered) {
        boolean over;
        synchronized (lock) {
            if (retired) {
                return false;
            }
            over = node.budget().add(tail.append(type, skipUsers, bytes));
            if (delivered != null) {
                deliveries.add(tail.head(), delivered);
            }
        }
        if (over) {
            node.reduceTails();
        }
        signal();
        return true;
    }

    /** {@return a position at the head; null if this channel is retired} */
    @Nullable
    Subscription join(Subscriber subscriber) {
        synchronized (lock) {
            if (retired) {
                return null;
            }
            var subscription = new Subscription(this, subscriber, tail.head());
            members.add(subscription);
            return subscription;
        }
    }

    void remove(Subscription subscription) {
        Subscription moved;
        synchronized (lock) {
            moved = members.remove(subscription);
            if (members.size() == 0 && listeners.isEmpty()) {
                retire();
            }
        }
        if (moved != null) {
            moved.subscriber.wake();
        }
    }

    /** Under the lock. */
    private void retire() {
        if (!retired) {
            retired = true;
            node.retired(this);
            node.budget().add(-tail.forget(tail.head()));
            deliveries.completeAll();
        }
    }

    void mayBlock() {
        mayBlock = true;
    }

    /**
     * Sees that the subscribers are moved: by the publisher's own thread where that is cheaper than waking another, that
     * is a few subscribers of a channel in which nothing happened a moment ago; in a burst by the dispatcher, which makes
     * one write of many events. Neither waits for a subscriber: where one may block it is left to {@link BlockingDrains}.
     */
    private void signal() {
        if (signalled.compareAndSet(false, true)) {
            if (!mayBlock && members.size() <= FEW && node.subscribers().now() - dispatched > MOMENT) {
                Dispatcher.dispatch(this);
            } else {
                node.dispatchSoon(this, mayBlock);
            }
        }
    }

    /** Moves every subscriber that can be written to as far as the head is now. */
    @Override
    public void dispatch(BlockingDrains.Mover mover) {
        signalled.set(false);
        dispatched = node.subscribers().now();
        long head = tail.head();
        // Two threads may be here at once, and the slower one must not take back what the other has set.
        reach.accumulateAndGet(head, Math::max);
        long removals = members.removals();
        var slowest = new Object() {
            long position = head;
        };
        boolean all = members.whileEach(subscription -> {
            boolean goOn = mover.move(subscription.subscriber);
            slowest.position = Math.min(slowest.position, subscription.position());
            return goOn;
        });
        if (!all) {
            return; // whoever took over does it
        }
        ranges.clear();
        deliveries.complete(head);
        if (!forget(slowest.position, removals) && signalled.compareAndSet(false, true)) {
            node.dispatchSoon(this, mayBlock);
        }
    }

    @Override
    public String toString() {
        return "the channel " + name();
    }

    /**
     * What all have passed nobody asks for again: without storage there is nothing to resume.
     *
     * @param passed the position of the slowest
     * @param removals how many had left before it was looked for
     * @return false if some have left since, so that another may have been overlooked
     */
    private boolean forget(long passed, long removals) {
        synchronized (lock) {
            if (members.removals() != removals) {
                return retired;
            }
            node.budget().add(-tail.forget(passed));
            return true;
        }
    }

    /** Lets go of old events, but never of the newest. {@return how many bytes that were} */
    long shed(long bytes) {
        synchronized (lock) {
            long freed = 0;
            while (freed < bytes && tail.size() > 1) {
                freed += tail.forget(tail.head() - tail.size() + 1);
            }
            return freed;
        }
    }

    /** Ends the streams of a user who may no longer read this channel. */
    void recheck(String user, Predicate<EventStreamUser> mayRead) {
        members.subscribers().stream()
                .filter(subscriber -> subscriber.interest().user().name().equals(user))
                .filter(subscriber -> !mayRead.test(subscriber.interest().user()))
                .forEach(subscriber -> subscriber.end(Ending.forbidden(name())));
    }

    void endAll(Ending reason) {
        members.subscribers().forEach(subscriber -> subscriber.end(reason));
    }

    /** Adds to the listeners. {@return false if this channel is retired} */
    boolean listen(Consumer<SinkListeners> addition) {
        synchronized (lock) {
            if (!retired) {
                addition.accept(listeners);
            }
            return !retired;
        }
    }

    /** Ends every subscriber, for good. */
    void close(boolean cascading) {
        synchronized (lock) {
            retire();
        }
        endAll(Ending.silent(cascading ? Reason.CLOSED : Reason.RELEASED));
    }
}
