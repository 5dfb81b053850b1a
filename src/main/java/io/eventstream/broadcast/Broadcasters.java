package io.eventstream.broadcast;

import io.eventstream.broadcast.Ending.Reason;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.config.EventStreamConfig.Tail;
import io.eventstream.spi.StoredEvent;
import io.eventstream.sse.DataEncoder;
import io.eventstream.sse.EventEncoder;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the registry consists of: the live broadcasters by channel, and what they share. Safe for many threads. */
final class Broadcasters {

    private final Map<String, LiveChannel> live = new ConcurrentHashMap<>();
    private final EventStreamConfig config;
    private final OutboundEncoder outbound;
    private final TailBudget budget;
    private final Dispatcher dispatcher;
    private final Subscribers subscribers;
    private final Replay replay;
    private final Consumer<Subscriber> inRequest;
    private volatile boolean closed;

    /**
     * Creates them.
     *
     * @param clock time in nanoseconds, as of {@link System#nanoTime}
     * @param threads makes the few threads that are needed, when they are
     * @param subscribers all of this node
     * @param replay what is done for reliable channels
     * @param inRequest told of those whose sink an application registers, by the thread that does
     */
    Broadcasters(
            EventStreamConfig config,
            DataEncoder encoder,
            LongSupplier clock,
            ThreadFactory threads,
            Subscribers subscribers,
            Replay replay,
            Consumer<Subscriber> inRequest) {
        this.config = config;
        this.outbound = new OutboundEncoder(encoder, config.maxEventSize());
        this.budget = new TailBudget(config.tail().totalBytes());
        this.dispatcher = new Dispatcher(clock, threads);
        this.subscribers = subscribers;
        this.replay = replay;
        this.inRequest = inRequest;
    }

    Tail limits() {
        return config.tail();
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    TailBudget budget() {
        return budget;
    }

    /** Has a channel's subscribers moved by a thread that can bear it. */
    void dispatchSoon(BlockingDrains.Due channel, boolean mayBlock) {
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

    /** Adds a subscriber: what is sent from now on finds it, and so does the end of a permission. */
    Subscriber subscribe(Interest interest) {
        Subscriber subscriber = subscribers.add(interest);
        List<Subscription> joined = new ArrayList<>(interest.channels().size());
        for (String channel : interest.channels()) {
            joined.add(join(channel, subscriber));
        }
        subscriber.listenFrom(new Positions(joined));
        if (closed) {
            subscriber.end(Ending.silent(Reason.SHUTDOWN));
        }
        return subscriber;
    }

    /**
     * Sets where a subscriber begins in its reliable channels. Called once, before it is started.
     *
     * @throws io.eventstream.api.StorageUnavailableException if it has such channels and the storage cannot be asked
     */
    void locate(Subscriber subscriber, StartAt start) {
        Positions positions = subscriber.positions();
        positions.missed(replay.locate(positions.subscriptions(), start, this::storedChannels));
    }

    void forEach(Consumer<LiveChannel> action) {
        live.values().forEach(action);
    }

    Replay replay() {
        return replay;
    }

    List<StoredChannel> storedChannels() {
        return live.values().stream()
                .map(LiveChannel::stored)
                .filter(Objects::nonNull)
                .toList();
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
        return live.computeIfAbsent(
                channel, name -> new LiveChannel(new ChannelBroadcaster(name, this), this, replay.of(name)));
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
        try {
            locate(subscriber, new StartAt.Now());
        } catch (RuntimeException e) {
            subscriber.end();
            throw e;
        }
        List<Subscription> channels = subscriber.positions().subscriptions();
        var events = new EventSink(
                sink,
                subscriber::wake,
                (ended, failure) -> channels.forEach(
                        subscription -> subscription.channel.listeners().ended(ended, failure)));
        inRequest.accept(subscriber);
        subscriber.start(events);
        subscriber.wake();
    }

    /** Sends what was stored to whoever listens on this node. */
    void receive(List<StoredEvent> events) {
        replay.receive(events, this::ifLive);
    }

    /** Sends an event to whoever listens on this node. */
    void publish(String channel, String type, Set<String> skipUsers, String data) {
        if (live.containsKey(channel)) {
            append(channel, type, skipUsers, EventEncoder.encode(type, "", data), null);
        }
    }

    /** Sends an event to whoever listens on this node. {@return completed when it was handed to them} */
    CompletionStage<?> broadcast(String channel, OutboundSseEvent event) {
        OutboundEncoder.Encoded encoded = outbound.encode(channel, event);
        var delivered = new CompletableFuture<Void>();
        if (!append(channel, encoded.type(), Set.of(), encoded.bytes(), delivered)) {
            delivered.complete(null);
        }
        return delivered;
    }

    private boolean append(
            String channel,
            String type,
            Set<String> skipUsers,
            byte[] bytes,
            @Nullable CompletableFuture<Void> delivered) {
        // One that retired meanwhile has left the map, so that the next look finds another or none.
        for (LiveChannel known = live.get(channel); known != null; known = live.get(channel)) {
            LiveChannel channelOfThese = known.forUnstored();
            if (channelOfThese != null && channelOfThese.append(type, skipUsers, bytes, delivered)) {
                return true;
            }
        }
        return false;
    }

    /** Over the node's bound. */
    void reduceTails() {
        budget.reduce(live.values());
    }

    /** Ends everybody, for good. */
    void close() {
        closed = true;
        subscribers.closing();
        Ending shutdown = Ending.silent(Reason.SHUTDOWN);
        live.values().forEach(channel -> channel.endAll(shutdown));
        subscribers.close(shutdown);
        dispatcher.close();
        replay.close();
    }
}
