package io.eventstream.broadcast;

import io.eventstream.api.InvalidChannelException;
import io.eventstream.channel.ChannelAccess;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.server.ServerThreads;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StoredEvent;
import io.eventstream.sse.DataEncoder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The broadcasters of this node, one for each channel that somebody listens to. Applications inject it to register
 * sinks of their own resource methods:
 *
 * <pre>{@code
 * @GET
 * @Produces(MediaType.SERVER_SENT_EVENTS)
 * public void stream(@Context SseEventSink sink) {
 *     registry.broadcaster("news").register(sink);
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
@ApplicationScoped
public class ChannelBroadcasterRegistry {

    private static final Logger LOG = System.getLogger(ChannelBroadcasterRegistry.class.getName());

    private final Broadcasters node;
    private final StreamRequests requests;
    private final ChannelAccess channels;

    /** For the CDI client proxy only. */
    ChannelBroadcasterRegistry() {
        this(null, null, null);
    }

    @SuppressWarnings("NullAway")
    ChannelBroadcasterRegistry(
            @Nullable Broadcasters node, @Nullable StreamRequests requests, @Nullable ChannelAccess channels) {
        this.node = node;
        this.requests = requests;
        this.channels = channels;
    }

    @Inject
    ChannelBroadcasterRegistry(
            EventStreamConfig config,
            DataEncoder encoder,
            ServerThreads threads,
            StreamRequests requests,
            Optional<EventStorage> storage,
            Retention retention,
            ChannelAccess channels,
            Attendance attendance) {
        Replay replay = storage.map(stored -> Replay.of(stored, channels::isReliable, retention, config, threads))
                .orElseGet(Replay::none);
        this.requests = requests;
        this.channels = channels;
        this.node = new Broadcasters(
                config,
                encoder,
                System::nanoTime,
                threads,
                new Subscribers(
                        config, System::nanoTime, threads, WaitingThreads.orElse(threads), new Attending(attendance)),
                replay,
                requests::assignCurrent);
    }

    /**
     * The broadcaster of a channel.
     *
     * @param channel the channel's name
     * @return the one that its subscribers share; while nobody listens, one that lets go of what it is given
     * @throws io.eventstream.api.InvalidChannelException if the channel's name cannot be one
     */
    public ChannelBroadcaster broadcaster(String channel) {
        return node.broadcaster(InvalidChannelException.requireValid(channel));
    }

    /**
     * Registers the sink of an application's own resource method for several channels, some types, or a user.
     *
     * @param sink from {@code @Context SseEventSink}; closed when its subscriber is ended
     * @param interest what it listens to
     * @throws TooManySubscribersException if this node has as many subscribers as it may
     * @throws io.eventstream.api.StorageUnavailableException if it has reliable channels and the storage cannot be asked
     */
    public void register(SseEventSink sink, Interest interest) {
        node.register(sink, interest);
    }

    /**
     * Adds a subscriber, so that the end of a permission finds it from here on.
     *
     * @param interest what it listens to
     * @return a subscriber that is not written to until its stream is started; whoever calls ends it otherwise
     * @throws TooManySubscribersException if this node has as many subscribers as it may
     */
    public Subscriber subscribe(Interest interest) {
        return node.subscribe(interest);
    }

    /**
     * Sets where a subscriber begins in its reliable channels; in the others it begins with the next event. Called once,
     * before its stream is started. Waits for the storage where it is the first of such a channel, or knows more than
     * this node.
     *
     * @param subscriber what {@link #subscribe} returned
     * @param start where
     * @throws io.eventstream.api.StorageUnavailableException if it has reliable channels and the storage cannot be asked
     */
    public void locate(Subscriber subscriber, StartAt start) {
        node.locate(subscriber, start);
    }

    /**
     * Sends what was stored to the subscribers of this node.
     *
     * @param events of any channels, also late, twice, or before others with smaller numbers
     */
    public void receive(List<StoredEvent> events) {
        node.receive(events);
    }

    /**
     * Has the events of a reliable channel read from the storage, as far as they have not arrived.
     *
     * @param channel its name
     * @param number the storage has an event of that number
     */
    public void announce(String channel, long number) {
        node.ifLive(channel, live -> node.replay().announce(live, number));
    }

    /** Compares this node with the storage soon, because it may have missed what other nodes told. */
    public void compareSoon() {
        node.replay().compareSoon(node::storedChannels);
    }

    /** Tells the subscribers of channels that are not reliable, with {@code stream-reset}, that they may have missed events. */
    public void resetUnreliable() {
        node.forEach(LiveChannel::reset);
    }

    /**
     * Sends an event to the subscribers of this node, without storing it.
     *
     * @param channel its channel
     * @param type its type
     * @param skipUsers names of users who do not get it
     * @param data its data, encoded
     */
    public void publish(String channel, String type, Set<String> skipUsers, String data) {
        node.publish(channel, type, skipUsers, data);
    }

    /**
     * Ends the streams of a user on this node that may no longer listen to a channel. Asks the application.
     *
     * @param user the user's name, empty for anonymous
     * @param channel the channel
     */
    public void recheck(String user, String channel) {
        node.ifLive(
                channel,
                live -> live.recheck(
                        subscriber -> !subscriber.name().equals(user) || channels.canRead(subscriber, channel)));
    }

    /** The same for all users and channels of this node. */
    public void recheckAll() {
        node.forEach(live -> live.recheck(subscriber -> channels.canRead(subscriber, live.name())));
    }

    /** {@return how this node does now} */
    public NodeStatus status() {
        return node.status();
    }

    /** Ends all streams while the server can still be written to. */
    void applicationEnds(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        close();
    }

    /** Ends all streams, for good; waits a moment for the server to be done with them. Calling it again has no effect. */
    @PreDestroy
    public void close() {
        if (!requests.await(node.subscribers().started(), node::close)) {
            LOG.log(
                    Level.DEBUG,
                    "The server is not done with all requests of streams yet; a stalled peer may hold them");
        }
    }
}
