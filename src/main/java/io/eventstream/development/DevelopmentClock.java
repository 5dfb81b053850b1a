package io.eventstream.development;

import io.eventstream.api.EventStreamMessage;
import io.eventstream.config.EventStreamConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Sends the time on the channel {@code time}, so that a hub that was just started has something to show. */
@ApplicationScoped
class DevelopmentClock {

    private static final Logger LOG = System.getLogger(DevelopmentClock.class.getName());
    private static final String EXECUTOR = "java:comp/DefaultManagedScheduledExecutorService";

    private final EventStreamConfig config;
    private final Event<EventStreamMessage> events;
    private @Nullable Future<?> ticking;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    DevelopmentClock() {
        this(null, null);
    }

    @Inject
    DevelopmentClock(EventStreamConfig config, Event<EventStreamMessage> events) {
        this.config = config;
        this.events = events;
    }

    @SuppressWarnings("BanJNDI") // a name of the platform's, not of anybody's input
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) throws NamingException {
        if (config.development()) {
            ManagedScheduledExecutorService executor = InitialContext.doLookup(EXECUTOR);
            ticking = executor.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    private void tick() {
        try {
            events.fire(EventStreamMessage.of(
                    "time", "message", Map.of("now", OffsetDateTime.now(ZoneId.systemDefault()))));
        } catch (RuntimeException e) {
            // What a task throws ends its schedule; a storage that fails now may work with the next tick.
            LOG.log(Level.DEBUG, "No time is sent", e);
        }
    }

    @PreDestroy
    void stop() {
        if (ticking != null) {
            ticking.cancel(true);
        }
    }
}
