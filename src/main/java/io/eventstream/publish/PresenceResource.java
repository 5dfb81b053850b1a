package io.eventstream.publish;

import io.eventstream.config.EventStreamConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code GET /events/{channel}/presence}: who listens to a channel, for those who may publish to it. */
@Path("events/{channel}/presence")
@ApplicationScoped
public class PresenceResource {

    private final PresenceDoor door;
    private final EventStreamConfig config;

    /** For the CDI client proxy. Public, since RESTEasy refuses a class without one that is (JAX-RS, 3.1.2). */
    @SuppressWarnings("NullAway")
    public PresenceResource() {
        this(null, null);
    }

    @Inject
    PresenceResource(PresenceDoor door, EventStreamConfig config) {
        this.door = door;
        this.config = config;
    }

    /**
     * Tells who listens.
     *
     * @param channel to which channel
     * @param headers of the request
     * @param security of the request
     * @return how many, and who
     */
    @GET
    public Response presence(
            @PathParam("channel") String channel, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Responses.of(door.presence(channel, Responses.sender(headers, security, config)));
    }
}
