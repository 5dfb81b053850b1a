package io.eventstream.broadcast;

import io.eventstream.spi.EventStreamUser;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The subscribers of one channel on this node, and the tail that they read. Applications get one from
 * {@link ChannelBroadcasterRegistry#broadcaster}; it keeps the contract of {@link SseBroadcaster}, and its sinks share
 * positions, order, stall limit and ends with every other subscriber of the channel.
 *
 * <p>When the last subscriber has left, the registry forgets the channel; a broadcaster that an application still has
 * stays good, since it looks for the channel's subscribers whenever it is used. A channel whose broadcaster has
 * listeners ({@link #onClose}, {@link #onError}) is kept until it is closed.
 *
 * <p>Safe for use by many threads. Nothing here waits for a subscriber.
 */
public final class ChannelBroadcaster implements SseBroadcaster {

    private final String channel;
    private final Broadcasters node;
    private volatile boolean closed;

    ChannelBroadcaster(String channel, Broadcasters node) {
        this.channel = channel;
        this.node = node;
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
        requireOpen();
        Objects.requireNonNull(onError, "onError");
        node.listen(channel, listeners -> listeners.onError(onError));
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
        requireOpen();
        Objects.requireNonNull(onClose, "onClose");
        node.listen(channel, listeners -> listeners.onClose(onClose));
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
        if (!closed) {
            closed = true;
            node.ifLive(channel, live -> live.close(cascading));
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The broadcaster of the channel " + channel + " was closed");
        }
    }
}
