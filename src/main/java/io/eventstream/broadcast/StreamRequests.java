package io.eventstream.broadcast;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The server's requests of the streams. It completes them on threads of its own, so at the application's end they are waited
 * for: otherwise CDI is told of a request's end too late or, by WildFly, not at all, and then the thread keeps the request
 * and with it the application's class loader (docs/servers.md).
 *
 * <p>Safe for use by many threads.
 */
@ApplicationScoped
class StreamRequests {

    private static final Logger LOG = System.getLogger(StreamRequests.class.getName());
    private static final String SUBSCRIBER = StreamRequests.class.getName();

    /** Without any that ends for so long, the rest are taken for those that a stalled peer holds. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final HttpServletRequest current;
    private final Set<Subscriber> awaited = ConcurrentHashMap.newKeySet();
    private final Semaphore over = new Semaphore(0);

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    StreamRequests() {
        this(null);
    }

    @Inject
    StreamRequests(HttpServletRequest current) {
        this.current = current;
    }

    /** From here on the request is that subscriber's. */
    static void assign(ServletRequest request, Subscriber subscriber) {
        request.setAttribute(SUBSCRIBER, subscriber);
    }

    /** The same for the request that this thread is at, if it is at one. */
    public void assignCurrent(Subscriber subscriber) {
        try {
            assign(current, subscriber);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "A sink was registered outside of its request, whose end is not waited for", e);
        }
    }

    /** The last thing that is said of a request: once it has come here nothing keeps CDI from letting go of it. */
    void isOver(@Observes @Destroyed(RequestScoped.class) ServletRequest request) {
        if (!awaited.isEmpty()
                && request.getAttribute(SUBSCRIBER) instanceof Subscriber subscriber
                && awaited.remove(subscriber)) {
            over.release();
        }
    }

    /**
     * Waits, but not for long, until the server is done with the requests of these subscribers.
     *
     * @param end ends them
     * @return whether it is done with all of them
     */
    public boolean await(Collection<Subscriber> subscribers, Runnable end) {
        awaited.addAll(subscribers);
        end.run();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try {
            for (int i = 0; i < subscribers.size(); i++) {
                long patience = Math.min(PATIENCE.toNanos(), deadline - System.nanoTime());
                if (!over.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            awaited.clear();
        }
    }
}
