package io.eventstream.storage;

import io.eventstream.api.StorageUnavailableException;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.server.ServerThreads;
import io.eventstream.spi.Appended;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventReceiver;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.NumberedEvent;
import io.eventstream.spi.StoredEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The way of messages of reliable channels: stored, numbered, and handed to whoever receives events. Futures that it returns
 * are completed on its own threads, so what depends on them must neither wait nor call applications. Safe for use by many
 * threads. Without a storage nothing of it may be called.
 */
@ApplicationScoped
public class StoredMessages {

    private static final Logger LOG = System.getLogger(StoredMessages.class.getName());

    /** How long an application's end waits for what was accepted. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Optional<Running> running;

    private record Running(
            EventStorage storage, Outage outage, GroupCommit commits, Numberer numberer, Purger purger) {}

    /** For the CDI client proxy only. */
    StoredMessages() {
        this.running = Optional.empty();
    }

    @Inject
    StoredMessages(
            Optional<EventStorage> storage,
            EventReceiver subscribers,
            EventStreamConfig config,
            ChannelRetention retention,
            ServerThreads threads) {
        EventReceiver receiver = new Careful(subscribers);
        this.running = storage.map(there -> {
            var outage = new Outage(System::nanoTime);
            var numberer =
                    new Numberer(there, receiver, threads, config.storage().poll(), outage);
            return new Running(
                    there,
                    outage,
                    new GroupCommit(there, threads, appended -> appended(appended, receiver, numberer), outage::failed),
                    numberer,
                    new Purger(there, retention, threads));
        });
    }

    /** Whoever fails here must not end the thread that stores: what it missed is in the storage. */
    private record Careful(EventReceiver subscribers) implements EventReceiver {

        @Override
        public void receive(List<StoredEvent> events) {
            attempt(() -> subscribers.receive(events));
        }

        @Override
        public void receiveFromOther(List<StoredEvent> events) {
            attempt(() -> subscribers.receiveFromOther(events));
        }

        private static void attempt(Runnable handOver) {
            try {
                handOver.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Events that were stored could not be handed to the subscribers", e);
            }
        }
    }

    private static void appended(Appended appended, EventReceiver receiver, Numberer numberer) {
        receiver.receive(Stream.concat(appended.older().stream().map(NumberedEvent::event), appended.own().stream())
                .toList());
        numberer.numbered(appended.older());
    }

    /** Opens the storage, where there is one, and starts the threads. */
    public void start() {
        running.ifPresent(parts -> {
            parts.numberer.start();
            parts.purger.start();
        });
    }

    /** Before beans go, which transactions need. Where the start was refused there is nothing to end. */
    void end(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        close();
    }

    /** Stores and numbers what was accepted, and takes no more. Calling it again has no effect. */
    @PreDestroy
    public void close() {
        running.ifPresent(parts -> {
            parts.commits.close();
            parts.numberer.close();
            parts.purger.close();
            try {
                parts.commits.awaitEnd(PATIENCE);
                parts.numberer.awaitEnd(PATIENCE);
                parts.purger.awaitEnd(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Running running() {
        return running.orElseThrow(() -> new IllegalStateException("There is no storage: eventstream.storage = none"));
    }

    /** {@return whether messages can be stored in the caller's transaction} */
    public boolean joins() {
        return running().storage.joins();
    }

    /**
     * Stores messages in a transaction of their own, all or none.
     *
     * @param messages what to store
     * @return the events in their order; or what {@link EventStorage#append} throws
     */
    public CompletableFuture<List<StoredEvent>> append(List<EncodedMessage> messages) {
        return running().commits.append(messages);
    }

    /**
     * Stores a message in the caller's transaction, at once; see {@link EventStorage#join}.
     *
     * @param message what to store
     * @return its key, for {@link #committed} after the commit
     */
    public long join(EncodedMessage message) {
        Running parts = running();
        try {
            return parts.storage.join(message);
        } catch (StorageUnavailableException e) {
            parts.outage.failed(e);
            throw e;
        }
    }

    /**
     * Has a message numbered and broadcast whose transaction has committed. Does not wait.
     *
     * @param channel its channel
     * @param key what {@link #join} returned
     * @return its number; or {@link io.eventstream.api.SendOutcomeUnknownException} where it will not be known here
     */
    public CompletableFuture<Long> committed(String channel, long key) {
        return running().numberer.committed(channel, key);
    }

    /**
     * Where channels are now, in a transaction of its own.
     *
     * @param channels their names
     * @return the number of the newest event of each
     */
    public Map<String, Long> newest(Collection<String> channels) {
        Map<String, Long> newest = new HashMap<>();
        running()
                .storage
                .heads(new ArrayList<>(channels))
                .forEach((channel, head) -> newest.put(channel, head.newest()));
        return newest;
    }
}
