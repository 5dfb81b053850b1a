package io.eventstream.broadcast;

import io.eventstream.broadcast.Ending.Reason;
import io.eventstream.spi.EventStreamUser;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A channel that somebody on this node listens to: its tail, and the subscriptions that read it. It is live or retired,
 * under its own lock: what is retired takes neither events nor subscribers, and has left the registry, so that nothing
 * is appended where a new subscriber does not see it. Safe for use by many threads.
 */
final class LiveChannel {

    private final Broadcasters node;
    private final ChannelBroadcaster broadcaster;
    private final ChannelTail tail;
    private final Members members = new Members();
    private final @Nullable StoredChannel stored;
    private final SinkListeners listeners = new SinkListeners();
    private final Movement movement;

    private final Object lock = new Object();
    /** Guarded by the lock. */
    private boolean retired;
    /** Guarded by the lock. */
    private final Unstored unstored;

    /** Creates one without subscribers; the storage is null where its events are not stored. */
    LiveChannel(ChannelBroadcaster broadcaster, Broadcasters node, @Nullable StoredChannels storage) {
        this.broadcaster = broadcaster;
        this.node = node;
        this.tail = new ChannelTail(node.limits());
        this.unstored = new Unstored(broadcaster, node);
        this.movement = new Movement(this, members, node);
        this.stored = storage == null ? null : new StoredChannel(this, node, storage);
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

    /** {@return what it has if it is reliable; null if it is not} */
    @Nullable
    StoredChannel stored() {
        return stored;
    }

    Movement movement() {
        return movement;
    }

    SinkListeners listeners() {
        return listeners;
    }

    /**
     * Adds an event that is not stored.
     *
     * @param delivered completed when the subscribers were moved past it; null if nobody asks
     * @return false if this channel is retired
     */
    boolean append(String type, Set<String> skipUsers, byte[] bytes, @Nullable CompletableFuture<Void> delivered) {
        return change(to -> {
            long grown = to.append(TailEvent.unstored(to.head() + 1, type, skipUsers, bytes));
            if (delivered != null) {
                movement.deliveries().add(to.head(), delivered);
            }
            return grown;
        });
    }

    /**
     * Adds to the tail, and has the subscribers moved.
     *
     * @param change under the lock; returns by how many bytes the tail grew
     * @return false if this channel is retired
     */
    boolean change(ToLongFunction<ChannelTail> change) {
        boolean over;
        synchronized (lock) {
            if (retired) {
                return false;
            }
            over = node.budget().add(change.applyAsLong(tail));
        }
        if (over) {
            node.reduceTails();
        }
        movement.signal();
        return true;
    }

    boolean isRetired() {
        synchronized (lock) {
            return retired;
        }
    }

    /** {@return where events go that are not stored: here, or beside a reliable channel; null if this one is retired} */
    @Nullable
    LiveChannel forUnstored() {
        if (stored == null) {
            return this; // without the lock: this is the way of every live event
        }
        synchronized (lock) {
            return retired ? null : unstored.channel(members, movement.blocks());
        }
    }

    /** {@return a position at the head, or nowhere yet if this channel is reliable; null if it is retired} */
    @Nullable
    Subscription join(Subscriber subscriber) {
        synchronized (lock) {
            if (retired) {
                return null;
            }
            Subscription subscription = stored == null
                    ? Subscription.at(tail.head(), this, subscriber)
                    : Subscription.nowhere(this, subscriber);
            members.add(subscription);
            unstored.join(subscription);
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
            movement.overlooked(moved);
        }
        Subscription beside = subscription.unstored();
        if (beside != null) {
            beside.channel.remove(beside);
        }
    }

    /** Under the lock. */
    private void retire() {
        if (!retired) {
            retired = true;
            node.retired(this);
            node.budget().add(-tail.forget(tail.head()));
            if (stored != null) {
                stored.pages().clear();
            }
            movement.deliveries().completeAll();
        }
    }

    void mayBlock() {
        movement.mayBlock();
        synchronized (lock) {
            unstored.mayBlock();
        }
    }

    @Override
    public String toString() {
        return "the channel " + name();
    }

    /**
     * What all have passed nobody asks for again, unless the channel is reliable: then whoever comes back resumes there.
     *
     * @param passed the position of the slowest
     * @param removals how many had left before it was looked for
     * @return false if some have left since, so that another may have been overlooked
     */
    boolean forget(long passed, long removals) {
        synchronized (lock) {
            if (stored != null) {
                return true;
            }
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
            long wanted = stored == null ? bytes : bytes - stored.pages().clear();
            while (freed < wanted && tail.size() > 1) {
                freed += tail.forget(tail.head() - tail.size() + 1);
            }
            return freed;
        }
    }

    /** Ends the streams that may no longer read this channel. */
    void recheck(Predicate<EventStreamUser> mayRead) {
        members.subscribers().stream()
                .filter(subscriber -> !mayRead.test(subscriber.interest().user()))
                .forEach(subscriber -> movement.end(subscriber, Ending.forbidden(name())));
    }

    /** Unless this channel is reliable, passes over a number: whoever was before it is told that he has missed it. */
    void reset() {
        if (stored == null) {
            change(tail -> -tail.startAfter(tail.head() + 1));
        }
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
        Ending reason = Ending.silent(cascading ? Reason.CLOSED : Reason.RELEASED);
        members.subscribers().forEach(subscriber -> movement.end(subscriber, reason));
    }
}
