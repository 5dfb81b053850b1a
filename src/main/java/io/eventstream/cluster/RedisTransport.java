package io.eventstream.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.config.RedisSettings;
import io.eventstream.redis.RedisConnector;
import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * Publish and subscribe of Redis, with a connection for each. No other class of this package mentions Jedis. Safe for use by
 * many threads.
 */
final class RedisTransport implements EventTransport {

    /** Our own heartbeats come back, so a connection that brings nothing for so long is dead. */
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(3);

    /** Far below what Redis lets wait for one subscriber (client-output-buffer-limit pubsub, by default 32 MB). */
    private static final int LARGEST = 8 << 20;

    private final RedisSettings settings;
    private final byte[] topic;
    private final Object lock = new Object();

    // Guarded by the lock.
    private @Nullable Connection receiving;
    private @Nullable Connection sending;
    private boolean closed;

    RedisTransport(RedisSettings settings) {
        this.settings = settings;
        // To Redis, topics are the same in all of its databases.
        this.topic = ("{" + settings.keyPrefix() + "}:" + settings.database() + ":events").getBytes(UTF_8);
    }

    @Override
    public void receive(TransportListener listener) throws IOException {
        try (Connection connection = RedisConnector.connect(settings, SILENCE)) {
            if (!begin(connection)) {
                return;
            }
            connection.sendCommand(Command.SUBSCRIBE, topic);
            connection.getObjectMultiBulkReply();
            listener.connected();
            while (true) {
                List<Object> message = connection.getObjectMultiBulkReply();
                if (message.size() == 3 && message.get(2) instanceof byte[] text) {
                    listener.received(new String(text, UTF_8));
                }
            }
        } catch (RuntimeException e) {
            if (!isClosed()) {
                throw new IOException("The connection on which this node listens to Redis failed", e);
            }
        }
    }

    private boolean begin(Connection connection) {
        synchronized (lock) {
            receiving = connection;
            return !closed;
        }
    }

    @Override
    public void publish(String text) throws IOException {
        Connection connection = null;
        try {
            connection = connected();
            connection.executeCommand(
                    new CommandArguments(Command.PUBLISH).add(topic).add(text.getBytes(UTF_8)));
        } catch (RuntimeException e) {
            forget(connection);
            throw new IOException("Redis did not take what this node publishes", e);
        }
    }

    private Connection connected() throws IOException {
        synchronized (lock) {
            if (sending != null) {
                return sending;
            }
        }
        Connection made = RedisConnector.connect(settings, settings.timeout());
        synchronized (lock) {
            if (!closed) {
                sending = made;
                return made;
            }
        }
        made.close();
        throw new IOException("The transport is closed");
    }

    private void forget(@Nullable Connection broken) {
        synchronized (lock) {
            sending = null;
        }
        end(broken);
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    @Override
    public int largest() {
        return LARGEST;
    }

    @Override
    public void close() {
        Connection listening;
        Connection publishing;
        synchronized (lock) {
            closed = true;
            listening = receiving;
            publishing = sending;
        }
        end(listening);
        end(publishing);
    }

    private static void end(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.forceDisconnect();
            } catch (IOException | RuntimeException e) {
                // It is gone all the same.
            }
        }
    }
}
