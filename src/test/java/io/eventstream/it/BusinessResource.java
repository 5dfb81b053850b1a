package io.eventstream.it;

import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** A business transaction: a row of the application's own, and three messages about it. */
@Path("business")
@ApplicationScoped
public class BusinessResource {

    private final Event<EventStreamMessage> messages;

    @PersistenceContext(unitName = "app")
    EntityManager em;

    /** For the CDI client proxy; public, as JAX-RS wants it. */
    public BusinessResource() {
        this(null);
    }

    @Inject
    BusinessResource(Event<EventStreamMessage> messages) {
        this.messages = messages;
    }

    /** 204 once it has committed; 503 with the exception's name if a message was not taken. */
    @POST
    @Transactional
    public void send(String name) {
        try {
            fire("a", name + "/0");
            fire("b", name + "/1");
            fire("a", name + "/2");
        } catch (EventStreamException e) {
            throw new WebApplicationException(
                    e, Response.status(503).entity(e.getClass().getSimpleName()).build());
        }
        em.createNativeQuery("INSERT INTO business (name) VALUES (?1)")
                .setParameter(1, name)
                .executeUpdate();
    }

    private void fire(String channel, String data) {
        messages.fire(EventStreamMessage.raw(channel, "message", data));
    }
}
