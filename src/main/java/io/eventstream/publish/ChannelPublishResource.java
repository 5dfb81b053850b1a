package io.eventstream.publish;

import io.eventstream.config.EventStreamConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;

/** {@code POST /events/{channel}}: the body is the data. */
@Path("events/{channel}")
@ApplicationScoped
public class ChannelPublishResource {

    private final PublishDoor door;
    private final EventStreamConfig config;

    /** For the CDI client proxy. Public, since RESTEasy refuses a class without one that is (JAX-RS, 3.1.2). */
    @SuppressWarnings("NullAway")
    public ChannelPublishResource() {
        this(null, null);
    }

    @Inject
    ChannelPublishResource(PublishDoor door, EventStreamConfig config) {
        this.door = door;
        this.config = config;
    }

    /**
     * Sends the body.
     *
     * @param channel where to
     * @param type of the event
     * @param body JSON, or any text with {@code Content-Type: text/plain}
     * @param headers of the request
     * @param security of the request
     * @return what was sent, or why nothing was
     */
    @POST
    public Response publish(
            @PathParam("channel") String channel,
            @QueryParam("type") @DefaultValue("message") String type,
            InputStream body,
            @Context HttpHeaders headers,
            @Context SecurityContext security) {
        return Responses.of(door.publish(channel, type, body, Responses.sender(headers, security, config)));
    }
}
