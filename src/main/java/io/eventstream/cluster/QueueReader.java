package io.eventstream.cluster;

import io.eventstream.api.EventStream;
import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.config.JmsSettings;
import io.eventstream.server.ServerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Sends what programs outside of the server put into the queue of the settings, if there is one. Safe for many threads. */
@ApplicationScoped
class QueueReader {

    /** How long an application's end waits for the message that is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final EventStream stream;
    private final OutsideTransaction outside;
    private final JmsSettings settings;
    private final ServerThreads threads;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable MessageQueue queue;
    private final NodeThread reading = new NodeThread("eventstream-queue");

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    QueueReader() {
        this.stream = null;
        this.outside = null;
        this.settings = null;
        this.threads = null;
    }

    @Inject
    QueueReader(EventStream stream, OutsideTransaction outside, EventStreamConfig config, ServerThreads threads) {
        this.stream = stream;
        this.outside = outside;
        this.settings = config.jms();
        this.threads = threads;
    }

    /**
     * Begins.
     *
     * @throws DeploymentException if what the settings ask for is not there
     */
    public void start() {
        if (settings.queue().isEmpty()) {
            return;
        }
        try {
            Transports.requireMessaging();
            queue = JmsFactories.queue(settings);
        } catch (IllegalStateException e) {
            throw new DeploymentException(
                    "EventStream cannot start with eventstream.jms.queue = " + settings.queue() + ": " + e.getMessage(),
                    e);
        }
        var door =
                new QueueDoor(message -> outside.run(() -> send(message)), QueueDoor.PATIENCE, System::nanoTime, end);
        reading.start(threads, new QueueReading(queue, door, end));
    }

    private void send(EventStreamMessage message) {
        try {
            stream.send(message).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EventStreamException reason) {
                throw reason;
            }
            throw e;
        }
    }

    void end(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        close();
    }

    /** Reads no more. Calling it again has no effect. */
    @PreDestroy
    public void close() {
        MessageQueue read = queue;
        if (read == null) {
            return;
        }
        queue = null;
        end.countDown();
        read.stop();
        reading.awaitEnd(PATIENCE);
        read.close();
    }
}
