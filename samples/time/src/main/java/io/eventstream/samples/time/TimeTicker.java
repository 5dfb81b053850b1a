package io.eventstream.samples.time;

import io.eventstream.api.EventStreamMessage;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Sends the time on the channel {@code time}, every second, whether anybody listens or not. */
@Singleton
@Startup
public class TimeTicker {

    @Inject
    private Event<EventStreamMessage> events;

    /** Runs in a transaction, as methods of an EJB do, so the message is delivered after its commit. */
    // Not persistent: a tick that nobody saw need not be made up for after a restart.
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void tick() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        events.fire(EventStreamMessage.of("time", "message", Map.of("now", now)));
    }
}
