package io.eventstream.subscribe;

import io.eventstream.api.InvalidChannelException;
import io.eventstream.api.InvalidLastEventIdException;
import io.eventstream.api.LastEventId;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.broadcast.Interest;
import io.eventstream.broadcast.StartAt;
import io.eventstream.broadcast.Subscriber;
import io.eventstream.broadcast.TooManySubscribersException;
import io.eventstream.channel.ChannelAccess;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.RequestUser;
import io.eventstream.spi.EventStreamUser;
import io.eventstream.spi.StreamRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** From a request to a stream: which channels, who, allowed, then a subscriber. Safe for use by many threads. */
@ApplicationScoped
class SubscribeDoor {

    private static final Logger LOG = System.getLogger(SubscribeDoor.class.getName());
    private static final String ENDED = "error";
    private static final String EARLIEST = "earliest";

    private final ChannelAccess access;
    private final ChannelBroadcasterRegistry registry;
    private final StreamResponses responses;
    private final ConsolePage console;
    private final EventStreamConfig config;
    private final Map<Class<?>, Route> routes = new ConcurrentHashMap<>();

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    SubscribeDoor() {
        this(null, null, null, null, null);
    }

    @Inject
    SubscribeDoor(
            ChannelAccess access,
            ChannelBroadcasterRegistry registry,
            StreamResponses responses,
            ConsolePage console,
            EventStreamConfig config) {
        this.access = access;
        this.registry = registry;
        this.responses = responses;
        this.console = console;
        this.config = config;
    }

    public void open(Class<?> resource, Exchange exchange) {
        try {
            open(routes.computeIfAbsent(resource, Route::of), exchange);
        } catch (StreamRefusedException e) {
            exchange.answer().resume(responses.refusal(e, exchange));
        } catch (RuntimeException e) {
            exchange.answer().resume(e);
        }
    }

    public Response preflight(@Nullable String origin) {
        return responses.preflight(origin);
    }

    private void open(Route route, Exchange exchange) {
        EventStreamUser user = RequestUser.of(exchange.security(), config);
        Set<String> channels = channels(route, exchange, user);
        if (config.console() && exchange.prefersHtml()) {
            exchange.answer().resume(console.response(exchange.uri(), channels));
            return;
        }
        StartAt start = start(exchange);
        EventStreamUser reader = access.granted(user, channels, route.namesChannels());
        Subscriber subscriber = subscribed(new Interest(channels, route.types(), reader));
        boolean streams = false;
        try {
            // Asked only now that it is registered: a permission that is taken away meanwhile finds it.
            requireAllowed(reader, channels);
            locate(subscriber, start);
            streams = responses.start(exchange, subscriber);
        } finally {
            if (!streams) {
                subscriber.end();
            }
        }
    }

    private Set<String> channels(Route route, Exchange exchange, EventStreamUser user) {
        Map<String, String> parameters = exchange.pathParameters();
        Set<String> channels = access.channels(new StreamRequest(
                user,
                route.channels(parameters, user.name()),
                parameters,
                exchange.query(),
                exchange.headers(access.requestHeaders())));
        if (channels.isEmpty()) {
            throw StreamRefusedException.badRequest("No channels specified.");
        }
        if (channels.size() > config.channelLimit()) {
            throw StreamRefusedException.badRequest("Channel limit exceeded.");
        }
        try {
            channels.forEach(InvalidChannelException::requireValid);
        } catch (InvalidChannelException e) {
            throw StreamRefusedException.badRequest(e.getMessage() + ".");
        }
        return channels;
    }

    private static StartAt start(Exchange exchange) {
        String text = exchange.lastEventId();
        if (text.equals(ENDED)) {
            throw StreamRefusedException.ended();
        }
        if (text.equals(EARLIEST)) {
            return new StartAt.Earliest();
        }
        try {
            return text.isEmpty() ? since(exchange.since()) : new StartAt.After(LastEventId.parse(text));
        } catch (InvalidLastEventIdException e) {
            throw StreamRefusedException.badRequest("Failed to parse Last-Event-ID or lastEventId.");
        } catch (DateTimeException e) {
            throw StreamRefusedException.badRequest(
                    "Failed to parse since, which is a time such as 2026-01-31T12:00:00Z.");
        }
    }

    private static StartAt since(String text) {
        return text.isEmpty()
                ? new StartAt.Now()
                : new StartAt.Since(OffsetDateTime.parse(text).toInstant());
    }

    private void locate(Subscriber subscriber, StartAt start) {
        try {
            registry.locate(subscriber, start);
        } catch (StorageUnavailableException e) {
            LOG.log(Level.DEBUG, "A stream could not begin, since the storage cannot be asked", e);
            throw StreamRefusedException.unavailable();
        }
    }

    private Subscriber subscribed(Interest interest) {
        try {
            return registry.subscribe(interest);
        } catch (TooManySubscribersException e) {
            throw StreamRefusedException.full(e.getMessage());
        }
    }

    private void requireAllowed(EventStreamUser user, Set<String> channels) {
        List<String> denied = channels.stream()
                .filter(channel -> !access.canRead(user, channel))
                .sorted()
                .toList();
        if (!denied.isEmpty()) {
            throw StreamRefusedException.forbidden(denied);
        }
    }
}
