package io.eventstream.cluster;

import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends what the queue brings. What nobody could ever send is dropped, or the broker would bring it again and again; what the
 * storage does not take now is tried again here, since brokers count how often they bring a message, and throw it away in the
 * end. One thread.
 */
final class QueueDoor implements MessageQueue.Taker {

    private static final Logger LOG = System.getLogger(QueueDoor.class.getName());

    /** Below what servers give a transaction. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Those that are sent, but whose leave the broker may not have heard of. */
    private static final int REMEMBERED = 1000;

    private final Consumer<EventStreamMessage> stream;
    private final Duration patience;
    private final LongSupplier clock;
    private final CountDownLatch end;
    private final Rarely dropped;
    private final Map<String, Boolean> sent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Creates one.
     *
     * @param stream sends, and returns once that is done
     * @param patience how long a message is tried before the broker gets it back
     * @param clock as {@link System#nanoTime} is
     * @param end of all waiting
     */
    QueueDoor(Consumer<EventStreamMessage> stream, Duration patience, LongSupplier clock, CountDownLatch end) {
        this.stream = stream;
        this.patience = patience;
        this.clock = clock;
        this.end = end;
        this.dropped =
                new Rarely("Messages of the queue that were dropped", clock, text -> LOG.log(Level.WARNING, text));
    }

    @Override
    public void take(String id, String text) {
        if (sent.containsKey(id)) {
            return;
        }
        try {
            send(QueueFormat.read(text));
            if (!id.isEmpty()) {
                sent.put(id, true);
            }
        } catch (StorageUnavailableException | StorageRefusedException | SendOutcomeUnknownException e) {
            throw e;
        } catch (UnreadableMessageException | EventStreamException e) {
            dropped.happened(String.valueOf(e.getMessage()));
            LOG.log(Level.DEBUG, "A message of the queue is dropped", e);
        }
    }

    private void send(EventStreamMessage message) {
        var pauses = new Pauses(end);
        long began = clock.getAsLong();
        while (true) {
            try {
                stream.accept(message);
                return;
            } catch (StorageUnavailableException | StorageRefusedException | SendOutcomeUnknownException e) {
                if (clock.getAsLong() - began > patience.toNanos() || !pauses.next()) {
                    throw e;
                }
            }
        }
    }
}
