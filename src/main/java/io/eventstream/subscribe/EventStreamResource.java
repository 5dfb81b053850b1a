package io.eventstream.subscribe;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/**
 * A route that streams events: an application extends it and says where and what.
 *
 * <pre>{@code
 * @Path("objects/{id}/events")
 * @EventChannels("object-{id}")
 * @EventTypes({"message", "info"})
 * public class ObjectEvents extends EventStreamResource {}
 * }</pre>
 *
 * <p>Without {@code @EventChannels} the path parameter {@code channel} selects, without that the query parameters
 * {@code channel}; such routes may be read only where a {@code ChannelManager} or {@code eventstream.open-channels}
 * says so.
 */
public abstract class EventStreamResource {

    @Inject
    @SuppressWarnings("NullAway.Init") // subclasses are the application's and have no constructor of ours
    private SubscribeDoor door;

    /** For subclasses, which the server makes. */
    protected EventStreamResource() {}

    /**
     * Opens the stream. The response is written by other threads from then on; refusals are answered here.
     *
     * @param answer says that the response outlives this method
     * @param request the request
     * @param response the response
     * @param uri of the request
     * @param headers of the request
     * @param security of the request
     */
    @GET
    public void stream(
            @Suspended AsyncResponse answer,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context SecurityContext security) {
        door.open(getClass(), new Exchange(answer, request, response, uri, headers, security));
    }

    /**
     * Answers a browser that asks whether a page of another origin may use this route.
     *
     * @param origin the page's origin
     * @return what is allowed
     */
    @OPTIONS
    public Response preflight(@HeaderParam("Origin") @Nullable String origin) {
        return door.preflight(origin);
    }
}
