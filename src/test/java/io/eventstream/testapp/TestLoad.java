package io.eventstream.testapp;

import io.eventstream.api.EventStreamMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.concurrent.locks.LockSupport;

/** Fires many events with sequence numbers. */
@Path("load")
@ApplicationScoped
public class TestLoad {

    private static final long SECOND = 1_000_000_000L;

    private final Event<EventStreamMessage> messages;

    /** For the CDI client proxy; public, as JAX-RS wants it. */
    public TestLoad() {
        this(null);
    }

    @Inject
    TestLoad(Event<EventStreamMessage> messages) {
        this.messages = messages;
    }

    /**
     * Fires events whose data is number, time in nanoseconds and filling, separated by blanks.
     *
     * @param first number of the first
     * @param size characters of filling
     * @param perSecond how fast; 0 for as fast as it goes
     */
    @POST
    public void fire(
            @QueryParam("channel") String channel,
            @QueryParam("first") @DefaultValue("1") int first,
            @QueryParam("count") int count,
            @QueryParam("size") @DefaultValue("0") int size,
            @QueryParam("perSecond") @DefaultValue("0") int perSecond) {
        String filling = "x".repeat(size);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (perSecond > 0) {
                pauseUntil(start + i * SECOND / perSecond);
            }
            String data = (first + i) + " " + System.nanoTime() + " " + filling;
            messages.fire(EventStreamMessage.raw(channel, "message", data));
        }
    }

    private static void pauseUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
