package io.eventstream.bench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What one writes without this library, with the server's own {@link SseBroadcaster}: what we are measured against. */
@Path("{channel}")
@ApplicationScoped
public class ByHand {

    private final Map<String, SseBroadcaster> channels = new ConcurrentHashMap<>();

    /** A stream. It begins with a comment, since not all servers send the head before. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@PathParam("channel") String channel, @Context SseEventSink sink, @Context Sse sse) {
        sink.send(sse.newEventBuilder().comment("open").build());
        channels.computeIfAbsent(channel, name -> sse.newBroadcaster()).register(sink);
    }

    /** Publishes. */
    @POST
    public void publish(@PathParam("channel") String channel, String data, @Context Sse sse) {
        SseBroadcaster broadcaster = channels.get(channel);
        if (broadcaster != null) {
            broadcaster.broadcast(sse.newEvent(data));
        }
    }
}
