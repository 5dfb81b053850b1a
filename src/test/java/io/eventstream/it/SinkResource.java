package io.eventstream.it;

import io.eventstream.broadcast.ChannelBroadcaster;
import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.broadcast.Interest;
import io.eventstream.spi.EventStreamUser;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An application's own streams, by the standard's means. */
@Path("sinks")
@ApplicationScoped
public class SinkResource {

    private final ChannelBroadcasterRegistry registry;
    private final AtomicInteger registered = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    /** For the CDI client proxy; public, as JAX-RS wants it. */
    public SinkResource() {
        this(null);
    }

    @Inject
    SinkResource(ChannelBroadcasterRegistry registry) {
        this.registry = registry;
    }

    private ChannelBroadcaster one() {
        return registry.broadcaster("one");
    }

    @PostConstruct
    void countEnds() {
        one().onClose(sink -> closed.incrementAndGet());
    }

    /** A stream of one channel; says hello when it is registered. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void one(@Context SseEventSink sink, @Context Sse sse) {
        one().register(sink);
        one().broadcast(sse.newEvent("hello", ""));
    }

    /** A stream of one channel that begins with whatever is sent first. */
    @GET
    @Path("quiet")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void quiet(@Context SseEventSink sink) {
        one().register(sink);
        registered.incrementAndGet();
    }

    /** {@return how many quiet streams there were} */
    @GET
    @Path("registered")
    public int registered() {
        return registered.get();
    }

    /** A stream of two channels and two types. */
    @GET
    @Path("several")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void several(@Context SseEventSink sink, @Context Sse sse) {
        registry.register(sink, new Interest(Set.of("one", "two"), Set.of("hello", "info"), EventStreamUser.ANONYMOUS));
        registry.broadcaster("two").broadcast(sse.newEvent("hello", ""));
    }

    /** Broadcasts an event with all its parts; returns when it is delivered. */
    @POST
    @Path("broadcast")
    public void broadcast(@Context Sse sse) {
        one().broadcast(sse.newEventBuilder()
                        .name("info")
                        .comment("a comment")
                        .data(String.class, "line 1\nline 2")
                        .build())
                .toCompletableFuture()
                .join();
    }

    /** Ends all of one channel. */
    @POST
    @Path("close")
    public void close() {
        one().close();
    }

    /** {@return how many ends the application was told of} */
    @GET
    @Path("closed")
    public int closed() {
        return closed.get();
    }
}
