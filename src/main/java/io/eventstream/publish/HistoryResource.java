package io.eventstream.publish;

import io.eventstream.config.EventStreamConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code GET /events/{channel}/history}: what is stored of a channel, for those who may publish to it. */
@Path("events/{channel}/history")
@ApplicationScoped
public class HistoryResource {

    private final HistoryDoor door;
    private final EventStreamConfig config;

    /** For the CDI client proxy. Public, since RESTEasy refuses a class without one that is (JAX-RS, 3.1.2). */
    @SuppressWarnings("NullAway")
    public HistoryResource() {
        this(null, null);
    }

    @Inject
    HistoryResource(HistoryDoor door, EventStreamConfig config) {
        this.door = door;
        this.config = config;
    }

    /**
     * Reads a page.
     *
     * @param channel whose events
     * @param after the position that they follow; empty for the newest ones
     * @param limit how many at most; empty for a page
     * @param headers of the request
     * @param security of the request
     * @return the events, and where the channel begins and ends
     */
    @GET
    public Response history(
            @PathParam("channel") String channel,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("") String limit,
            @Context HttpHeaders headers,
            @Context SecurityContext security) {
        return Responses.of(door.history(channel, after, limit, Responses.sender(headers, security, config)));
    }
}
