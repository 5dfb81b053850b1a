package io.eventstream.publish;

import io.eventstream.config.EventStreamConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;

/** {@code POST /events}: messages that name their channels themselves. */
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
     * Sends what the body says.
     *
     * @param body JSON: one message or an array of them
     * @param headers of the request
     * @param security of the request
     * @return what was sent, or why nothing was
     */
    @POST
    public Response publish(InputStream body, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Responses.of(door.publish(body, Responses.sender(headers, security, config)));
    }
}
