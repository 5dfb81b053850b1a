package io.eventstream.it;

import io.eventstream.api.EventStream;
import io.eventstream.api.Subscribed;
import io.eventstream.api.Unsubscribed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What an application sees of who listens. */
@Path("observer")
@ApplicationScoped
public class PresenceObserver {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final EventStream stream;

    /** For the CDI client proxy; public, as JAX-RS wants it. */
    public PresenceObserver() {
        this(null);
    }

    @Inject
    PresenceObserver(EventStream stream) {
        this.stream = stream;
    }

    void came(@Observes Subscribed event) throws NamingException {
        // As persistence would, for which the thread has to have the application's names.
        InitialContext.doLookup("java:comp/UserTransaction");
        seen.add("+" + event.channel() + " " + event.user());
    }

    void went(@Observes Unsubscribed event) {
        seen.add("-" + event.channel() + " " + event.user());
    }

    /** {@return what was observed, a line for each} */
    @GET
    public String seen() {
        return String.join("\n", seen);
    }

    /** {@return who listens, as the application is told} */
    @GET
    @Path("{channel}")
    public String presence(@PathParam("channel") String channel) {
        return stream.presence(channel).toString();
    }
}
