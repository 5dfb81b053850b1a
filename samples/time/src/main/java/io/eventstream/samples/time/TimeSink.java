package io.eventstream.samples.time;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSink;

/**
 * {@code GET /api/time/sink}: the same channel by a resource method of the application's own, for those who have such
 * methods already. {@link TimeEvents} does it with less.
 */
@Path("time/sink")
@ApplicationScoped
public class TimeSink {

    private final ChannelBroadcasterRegistry registry;

    /** For the CDI client proxy; public, as JAX-RS wants it. */
    public TimeSink() {
        this(null);
    }

    @Inject
    TimeSink(ChannelBroadcasterRegistry registry) {
        this.registry = registry;
    }

    /** Gives the sink away: from here on the library writes to it and closes it. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@Context SseEventSink sink) {
        // The sink is a parameter, not a field: servers differ in what they put into a field.
        registry.broadcaster("time").register(sink);
    }
}
