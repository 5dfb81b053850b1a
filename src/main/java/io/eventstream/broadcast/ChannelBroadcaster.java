package io.eventstream.broadcast;

import io.eventstream.broadcast.Ending.Reason;
import io.eventstream.spi.EventStreamUser;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one channel on this node, and the tail that they read. Applications get one from
 * {@link ChannelBroadcasterRegistry#broadcaster}; it keeps the contract of {@link SseBroadcaster}, and its sinks share
 * positions, order, stall limit and ends with every other subscriber of the channel.
 *
 * <p>A broadcaster is live or retired: when the last subscriber has left, the registry forgets it, and whatever an
 * application still calls on it goes to the channel's next one. One that has listeners ({@link #onClose},
 * {@link #onError}) stays until it is closed.
 *
 * <p>Safe for use by many threads. Nothing here waits for a subscriber.
 */
public final class ChannelBroadcaster implements SseBroadcaster {

    private enum State {
        LIVE,
        RETIRED,
        CLOSED
    }

    private static final int FEW = 32;
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

    private final String channel;
    private final Broadcasters node;
    private final ChannelTail tail;
    private final RangeEncoder ranges = new RangeEncoder();
    private final Members members = new Members();
    private final SinkListeners listeners = new SinkListeners();
    private final Deliveries deliveries = new Deliveries();
    private final AtomicBoolean signalled = new AtomicBoolean();

    private final Object lock = new Object();
    /** Guarded by the lock. */
    private State state;

    /** How far the subscribers are moved: the head when the dispatcher last came by, so that they share ranges. */
    private final AtomicLong reach = new AtomicLong();

    /** When the subscribers were last moved. */
    private volatile long dispatched;

    ChannelBroadcaster(String channel, Broadcasters node, boolean live) {
        this.channel = channel;
        this.node = node;
        this.tail = new ChannelTail(node.limits());
        this.state = live ? State.LIVE : State.RETIRED;
    }

    /** {@return the channel's name} */
    public String channel() {
        return channel;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Calls of the listener come from a thread of this library, one at a time for each sink.
     *
     * @throws IllegalStateException if this broadcaster was closed
     */
    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> onError) {
        live(broadcaster -> broadcaster.listeners.onError(onError));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Calls of the listener come from a thread of this library, one at a time for each sink.
     *
     * @throws IllegalStateException if this broadcaster was closed
     */
    @Override
    public void onClose(Consumer<SseEventSink> onClose) {
        live(broadcaster -> broadcaster.listeners.onClose(onClose));
    }

    /**
     * Registers the sink of an application's own resource method as a subscriber of this channel, from the next event
     * on. It gets all types and counts as an anonymous user; {@link ChannelBroadcasterRegistry#register} can say more.
     *
     * @throws IllegalStateException if this broadcaster was closed
     * @throws TooManySubscribersException if this node has as many subscribers as it may
     */
    @Override
    public void register(SseEventSink sink) {
        requireOpen();
        node.register(sink, new Interest(Set.of(channel), Set.of(), EventStreamUser.ANONYMOUS));
    }

    /**
     * Sends an event to the subscribers of this node, without storage and without an id: the event's own id is left
     * out.
     *
     * @return completed once every subscriber that could take it was written to; a slow one is not waited for
     * @throws IllegalStateException if this broadcaster was closed
     * @throws io.eventstream.api.InvalidTypeException if the event's name cannot be a type
     * @throws io.eventstream.api.DataNotEncodableException if nothing can write its data
     * @throws io.eventstream.api.DataTooLargeException if its data is larger than {@code eventstream.max-event-size}
     */
    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        requireOpen();
        return node.broadcast(channel, event);
    }

    /** Ends every subscriber of the channel on this node, and closes the sinks among them. */
    @Override
    public void close() {
        close(true);
    }

    /**
     * Ends every subscriber of the channel on this node. Calling it again has no effect.
     *
     * @param cascading whether the sinks that applications registered are closed too; streams of this library always are
     */
    @Override
    public void close(boolean cascading) {
        boolean wasRetired;
        synchronized (lock) {
            wasRetired = state == State.RETIRED;
            if (state == State.LIVE) {
                leaveRegistry();
            }
            state = State.CLOSED;
        }
        endAll(Ending.silent(cascading ? Reason.CLOSED : Reason.RELEASED));
        if (wasRetired) {
            node.ifLive(channel, next -> next.close(cascading));
        }
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
     * @return false if this broadcaster is not live any more
     */
    boolean append(String type, Set<String> skipUsers, byte[] bytes, @Nullable CompletableFuture<Void> delivered) {
        boolean over;
        synchronized (lock) {
            if (state != State.LIVE) {
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

    /** {@return a position at the head; null if this broadcaster is not live any more} */
    @Nullable
    Subscription join(Subscriber subscriber) {
        synchronized (lock) {
            if (state != State.LIVE) {
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
            if (state == State.LIVE && members.size() == 0 && listeners.isEmpty()) {
                state = State.RETIRED;
                leaveRegistry();
            }
        }
        if (moved != null) {
            moved.subscriber.wake();
        }
    }

    private void leaveRegistry() {
        node.retired(this);
        node.budget().add(-tail.forget(tail.head()));
        deliveries.completeAll();
    }

    /**
     * Sees that the subscribers are moved: by the publisher's own thread where that is cheaper than waking another, that
     * is a few subscribers of a channel in which nothing happened a moment ago; in a burst by the dispatcher, which makes
     * one write of many events. Neither waits for a subscriber.
     */
    private void signal() {
        if (signalled.compareAndSet(false, true)) {
            if (members.size() <= FEW && node.subscribers().now() - dispatched > MOMENT) {
                dispatch();
            } else {
                node.dispatcher().submit(this);
            }
        }
    }

    /** Moves every subscriber that can be written to as far as the head is now. */
    void dispatch() {
        signalled.set(false);
        dispatched = node.subscribers().now();
        long head = tail.head();
        // Two threads may be here at once, and the slower one must not take back what the other has set.
        reach.accumulateAndGet(head, Math::max);
        var slowest = new Object() {
            long position = head;
        };
        members.forEach(subscription -> {
            subscription.subscriber.wake();
            slowest.position = Math.min(slowest.position, subscription.position());
        });
        ranges.clear();
        forget(slowest.position);
        deliveries.complete(head);
    }

    /** What all have passed nobody asks for again: without storage there is nothing to resume. */
    private void forget(long passed) {
        synchronized (lock) {
            node.budget().add(-tail.forget(passed));
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
        List<Subscriber> concerned = new ArrayList<>();
        members.forEach(subscription -> {
            if (subscription.subscriber.interest().user().name().equals(user)) {
                concerned.add(subscription.subscriber);
            }
        });
        concerned.stream()
                .filter(subscriber -> !mayRead.test(subscriber.interest().user()))
                .forEach(subscriber -> subscriber.end(Ending.forbidden(channel)));
    }

    void endAll(Ending reason) {
        // A copy, since each that ends leaves and another takes its place.
        List<Subscriber> all = new ArrayList<>();
        members.forEach(subscription -> all.add(subscription.subscriber));
        all.forEach(subscriber -> subscriber.end(reason));
    }

    private void live(Consumer<ChannelBroadcaster> action) {
        requireOpen();
        boolean here;
        synchronized (lock) {
            here = state == State.LIVE;
            if (here) {
                action.accept(this);
            }
        }
        if (!here) {
            node.withLive(channel, next -> next.live(action));
        }
    }

    private void requireOpen() {
        synchronized (lock) {
            if (state == State.CLOSED) {
                throw new IllegalStateException("The broadcaster of the channel " + channel + " was closed");
            }
        }
    }
}
