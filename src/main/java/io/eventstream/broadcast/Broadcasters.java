package io.eventstream.broadcast;

import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.broadcast.Ending.Reason;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.config.EventStreamConfig.Tail;
import io.eventstream.sse.DataEncoder;
import io.eventstream.sse.EventEncoder;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the registry consists of: the live broadcasters by channel, and what they share. Safe for many threads. */
final class Broadcasters {

    private final Map<String, LiveChannel> live = new ConcurrentHashMap<>();
    private final EventStreamConfig config;
    private final DataEncoder encoder;
    private final TailBudget budget;
    private final Dispatcher dispatcher;
    private final Subscribers subscribers;
    private volatile boolean closed;

    /**
     * Creates them.
     *
     * @param clock time in nanoseconds, as of {@link System#nanoTime}
     * @param threads makes the few threads that are needed, when they are
     * @param waitingThreads makes those that may wait for a peer, as many as peers stall
     */
    Broadcasters(
            EventStreamConfig config,
            DataEncoder encoder,
            LongSupplier clock,
            ThreadFactory threads,
            ThreadFactory waitingThreads) {
        this.config = config;
        this.encoder = encoder;
        this.budget = new TailBudget(config.tail().totalBytes());
        this.dispatcher = new Dispatcher(clock, threads);
        this.subscribers = new Subscribers(config, clock, threads, waitingThreads);
    }

    Tail limits() {
        return config.tail();
    }

    TailBudget budget() {
        return budget;
    }

    /** Has a channel's subscribers moved by a thread that can bear it. */
    void dispatchSoon(LiveChannel channel, boolean mayBlock) {
        if (mayBlock) {
            subscribers.blockingDrains().submit(channel);
        } else {
            dispatcher.submit(channel);
        }
    }

    Subscribers subscribers() {
        return subscribers;
    }

    NodeStatus status() {
        return new NodeStatus(
                subscribers.count(),
                config.maxSubscribers(),
                count(),
                closed,
                dispatcher.isMoving() && subscribers.blockingDrains().isMoving());
    }

    /** {@return how many channels somebody listens to} */
    int count() {
        return live.size();
    }

    /** {@return the channel's broadcaster, the same one for as long as somebody listens} */
    ChannelBroadcaster broadcaster(String channel) {
        LiveChannel known = live.get(channel);
        return known == null ? new ChannelBroadcaster(channel, this) : known.broadcaster();
    }

    Subscriber subscribe(Interest interest) {
        Subscriber subscriber = subscribers.add(interest);
        List<Subscription> positions = new ArrayList<>(interest.channels().size());
        for (String channel : interest.channels()) {
            positions.add(join(channel, subscriber));
        }
        subscriber.listenFrom(new Positions(positions));
        if (closed) {
            subscriber.end(Ending.silent(Reason.SHUTDOWN));
        }
        return subscriber;
    }

    private Subscription join(String channel, Subscriber subscriber) {
        while (true) {
            Subscription position = makeLive(channel).join(subscriber);
            if (position != null) {
                return position;
            }
        }
    }

    private LiveChannel makeLive(String channel) {
        return live.computeIfAbsent(channel, name -> new LiveChannel(new ChannelBroadcaster(name, this), this));
    }

    void listen(String channel, Consumer<SinkListeners> addition) {
        while (!makeLive(channel).listen(addition)) {
            // It retired meanwhile and has left the map: the next one is another.
        }
    }

    void ifLive(String channel, Consumer<LiveChannel> action) {
        LiveChannel known = live.get(channel);
        if (known != null) {
            action.accept(known);
        }
    }

    void retired(LiveChannel channel) {
        live.remove(channel.name(), channel);
    }

    void register(SseEventSink sink, Interest interest) {
        Subscriber subscriber = subscribe(interest);
        List<Subscription> channels = subscriber.positions().subscriptions();
        var events = new EventSink(
                sink,
                subscriber::wake,
                (ended, failure) -> channels.forEach(
                        subscription -> subscription.channel.listeners().ended(ended, failure)));
        subscriber.start(events);
        subscriber.wake();
    }

    /** Sends an event to whoever listens on this node. */
    void publish(String channel, String type, Set<String> skipUsers, String data) {
        if (live.containsKey(channel)) {
            append(channel, type, skipUsers, EventEncoder.encode(type, "", data), null);
        }
    }

    CompletionStage<?> broadcast(String channel, OutboundSseEvent event) {
        // A message that could be, so that its checks hold for these events too.
        String type = EventStreamMessage.of(channel, event.getName() == null ? "message" : event.getName(), null)
                .type();
        var text = new StringBuilder();
        if (event.getComment() != null) {
            text.append(EventEncoder.comment(event.getComment()));
        }
        if (event.isReconnectDelaySet()) {
            text.append("retry: ").append(event.getReconnectDelay()).append('\n');
        }
        String head = text.toString();
        byte[] bytes = (event.getData() == null ? head + "\n" : head).getBytes(StandardCharsets.UTF_8);
        if (event.getData() != null) {
            bytes = joined(bytes, EventEncoder.encode(type, "", sized(channel, encoder.text(channel, event))));
        }
        var delivered = new CompletableFuture<Void>();
        if (!append(channel, type, Set.of(), bytes, delivered)) {
            delivered.complete(null);
        }
        return delivered;
    }

    private String sized(String channel, String data) {
        int size = data.getBytes(StandardCharsets.UTF_8).length;
        if (size > config.maxEventSize()) {
            throw new DataTooLargeException(channel, size, config.maxEventSize());
        }
        return data;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private boolean append(
            String channel,
            String type,
            Set<String> skipUsers,
            byte[] bytes,
            @Nullable CompletableFuture<Void> delivered) {
        // One that retired meanwhile has left the map, so that the next look finds another or none.
        for (LiveChannel known = live.get(channel); known != null; known = live.get(channel)) {
            if (known.append(type, skipUsers, bytes, delivered)) {
                return true;
            }
        }
        return false;
    }

    /** Over the node's bound: each tail in turn lets go of what it can, so that slow subscribers pay and memory holds. */
    void reduceTails() {
        budget.reduce(live.values().stream()
                .map(channel -> (LongUnaryOperator) channel::shed)
                .toList());
    }

    /** Ends everybody, for good. */
    void close() {
        closed = true;
        Ending shutdown = Ending.silent(Reason.SHUTDOWN);
        live.values().forEach(channel -> channel.endAll(shutdown));
        subscribers.close(shutdown);
        dispatcher.close();
    }
}
