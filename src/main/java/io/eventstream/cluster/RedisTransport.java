package io.eventstream.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.config.RedisSettings;
import io.eventstream.redis.RedisConnector;
import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
    private final KeptConnection<Connection, RuntimeException> receiving;
    private final KeptConnection<Connection, RuntimeException> sending;

    RedisTransport(RedisSettings settings) {
        this.settings = settings;
        // To Redis, topics are the same in all of its databases.
        this.topic = ("{" + settings.keyPrefix() + "}:" + settings.database() + ":events").getBytes(UTF_8);
        this.receiving = kept(SILENCE);
        this.sending = kept(settings.timeout());
    }

    private KeptConnection<Connection, RuntimeException> kept(Duration silence) {
        return new KeptConnection<>(() -> RedisConnector.connect(settings, silence), Connection::forceDisconnect);
    }

    @Override
    public void receive(TransportListener listener) throws IOException {
        try {
            Connection connection = receiving.get();
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
            if (!receiving.isClosed()) {
                throw new IOException("The connection on which this node listens to Redis failed", e);
            }
        } finally {
            receiving.forget();
        }
    }

    @Override
    public void publish(String text) throws IOException {
        try {
            Connection connection = sending.get();
            connection.executeCommand(
                    new CommandArguments(Command.PUBLISH).add(topic).add(text.getBytes(UTF_8)));
        } catch (RuntimeException e) {
            sending.forget();
            throw new IOException("Redis did not take what this node publishes", e);
        }
    }

    @Override
    public int largest() {
        return LARGEST;
    }

    @Override
    public void close() {
        receiving.close();
        sending.close();
    }
}
