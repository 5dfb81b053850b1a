package io.eventstream.publish;

import io.eventstream.config.EventStreamConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;

/**
 * {@code POST /events}: messages that name their channels themselves, or one for the channel of the query, whose name may hold
 * anything.
 */
@Path("events")
@ApplicationScoped
public class PublishResource {

    private final PublishDoor door;
    private final EventStreamConfig config;

    /** For the CDI client proxy. Public, since RESTEasy refuses a class without one that is (JAX-RS, 3.1.2). */
    @SuppressWarnings("NullAway")
    public PublishResource() {
        this(null, null);
    }

    @Inject
    PublishResource(PublishDoor door, EventStreamConfig config) {
        this.door = door;
        this.config = config;
    }

    /**
     * Sends what the body says or, where the query names a channel, the body.
     *
     * @param channels of the query, one or none
     * @param type of the event; without a channel the messages say it
     * @param body JSON: one message or an array of them; with a channel its data, JSON or any text with
     *     {@code Content-Type: text/plain}
     * @param headers of the request
     * @param security of the request
     * @return what was sent, or why nothing was
     */
    @POST
    public Response publish(
            @QueryParam("channel") List<String> channels,
            @QueryParam("type") @DefaultValue("message") String type,
            InputStream body,
            @Context HttpHeaders headers,
            @Context SecurityContext security) {
        Sender sender = Responses.sender(headers, security, config);
        return Responses.of(
                channels.isEmpty() ? door.publish(body, sender) : door.publish(channels, type, body, sender));
    }
}
