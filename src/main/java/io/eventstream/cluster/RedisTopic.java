package io.eventstream.cluster;

import io.eventstream.config.RedisSettings;
import io.eventstream.spi.StoredEvent;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Tells the nodes of events by the topic on which they tell each other, from outside of a server. Safe for use by many threads. */
public final class RedisTopic implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RedisTopic.class.getName());

    /** As many as go together: more does not make it faster. */
    private static final int ENOUGH = 64 * 1024;

    private final RedisTransport transport;

    /** Guarded by this. */
    private UUID origin = UUID.randomUUID();

    private long sequence;

    /** Connects to nothing yet. */
    public RedisTopic(RedisSettings settings) {
        this.transport = new RedisTransport(settings);
    }

    /** Tells of events that are stored. What fails is nothing but a delay: nodes look into the storage now and then. */
    public synchronized void stored(UUID storage, List<StoredEvent> events) {
        try {
            for (String text : texts(storage, events)) {
                transport.publish(text);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The nodes could not be told of events that are stored; they find them later", e);
        }
    }

    private List<String> texts(UUID storage, List<StoredEvent> events) {
        List<String> texts = new ArrayList<>();
        var text = new StringBuilder();
        for (StoredEvent event : events) {
            String line = PlainLines.event(origin, storage, event);
            if (line.length() > transport.largest()) {
                line = PlainLines.hint(origin, storage, event);
            }
            if (!text.isEmpty() && text.length() + line.length() > ENOUGH) {
                texts.add(text.toString());
                text.setLength(0);
            }
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
        texts.add(text.toString());
        return texts;
    }

    /**
     * Tells of an event that is stored nowhere.
     *
     * @throws IOException if it may not have been told
     */
    public synchronized void live(String channel, String type, String data) throws IOException {
        String line = PlainLines.live(origin, sequence + 1, channel, type, data);
        if (line.length() > transport.largest()) {
            throw new IOException(
                    "The event has " + line.length() + " characters, the topic takes " + transport.largest());
        }
        try {
            transport.publish(line);
            sequence++;
        } catch (IOException e) {
            // The same number again would be taken for a repeat if this one arrived, the next one for a loss if it did
            // not, of which the sender is told already. So it goes on as another.
            origin = UUID.randomUUID();
            sequence = 0;
            throw e;
        }
    }

    /** Ends its connection. */
    @Override
    public void close() {
        transport.close();
    }
}
