package io.eventstream.sender;

import io.eventstream.api.DataNotEncodableException;
import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.InvalidChannelException;
import io.eventstream.api.InvalidTypeException;
import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.api.StreamEvent;
import io.eventstream.client.EventSender;
import io.eventstream.cluster.RedisTopic;
import io.eventstream.config.RedisSettings;
import io.eventstream.redis.RedisClient;
import io.eventstream.storage.RedisAppender;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Sends by Redis, without a server: what it sends is stored and numbered as if a node had sent it, and told to the nodes. Needs
 * the jar and Jedis. For nodes with {@code eventstream.storage=redis}; those with {@code eventstream.transport=redis} as well
 * have it at once, others with their next poll.
 *
 * <pre>{@code
 * try (var sender = RedisEventSender.of(URI.create("redis://cache:6379/0"))) {
 *     sender.send("test", "message", "{\"text\":\"hello world\"}").join();
 * }
 * }</pre>
 *
 * <p>A stage is completed once the event is stored, with its number. It fails with {@link StorageUnavailableException} or
 * {@link StorageRefusedException} if it was not stored, with {@link SendOutcomeUnknownException} if nobody knows, and with
 * {@link InvalidChannelException}, {@link InvalidTypeException}, {@link DataNotEncodableException} or {@link
 * DataTooLargeException} if it cannot be sent at all. What was handed over first is stored first. What depends on a stage must
 * not wait: it may run on the thread that stores.
 *
 * <p>Safe for use by many threads. A setting makes a new sender, with connections of its own. It has a thread from the first
 * event on, which does not keep a program alive: join the stages, or close the sender.
 */
public final class RedisEventSender implements EventSender {

    private static final String KEY_PREFIX = "eventstream";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_EVENT_SIZE = 1 << 20;

    private final RedisSettings settings;
    private final int maxEventSize;
    private final boolean stores;
    private final RedisWay way;

    private RedisEventSender(RedisSettings settings, int maxEventSize, boolean stores) {
        this.settings = settings;
        this.maxEventSize = maxEventSize;
        this.stores = stores;
        var topic = new RedisTopic(settings);
        this.way = stores ? new StoredWay(new RedisAppender(settings, topic::stored), topic) : new UnstoredWay(topic);
    }

    /**
     * A sender by that Redis.
     *
     * @param url as the nodes have it in {@code eventstream.redis.url}
     * @return the sender; nothing is connected yet
     * @throws IllegalArgumentException if it is not the URL of a Redis
     * @throws IllegalStateException if Jedis is not on the class path
     */
    public static RedisEventSender of(URI url) {
        if (!RedisClient.isThere()) {
            throw new IllegalStateException("To send by Redis a program needs Jedis 8 on its class path:"
                    + " add the dependency redis.clients:jedis");
        }
        return new RedisEventSender(new RedisSettings(url.toString(), KEY_PREFIX, TIMEOUT), MAX_EVENT_SIZE, true);
    }

    /**
     * The same with another prefix of all keys.
     *
     * @param prefix as the nodes have it in {@code eventstream.redis.key-prefix}; {@code eventstream} where it is not set
     * @return a new sender
     * @throws IllegalArgumentException if it cannot be one
     */
    public RedisEventSender withKeyPrefix(String prefix) {
        return new RedisEventSender(
                new RedisSettings(settings.url(), prefix, settings.timeout()), maxEventSize, stores);
    }

    /**
     * The same with another time to wait for a connection, and for each answer.
     *
     * @param timeout two seconds where it is not set
     * @return a new sender
     * @throws IllegalArgumentException if it is shorter than a millisecond
     */
    public RedisEventSender withTimeout(Duration timeout) {
        return new RedisEventSender(
                new RedisSettings(settings.url(), settings.keyPrefix(), timeout), maxEventSize, stores);
    }

    /**
     * The same with another limit of an event's size.
     *
     * @param bytes as the nodes have it in {@code eventstream.max-event-size}; 1048576 where it is not set
     * @return a new sender
     * @throws IllegalArgumentException if it is not positive
     */
    public RedisEventSender withMaxEventSize(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("The size of an event must be positive, was " + bytes);
        }
        return new RedisEventSender(settings, bytes, stores);
    }

    /**
     * A sender for nodes that store nothing, or for channels that they do not store: the event is told to the nodes that are
     * connected to this Redis ({@code eventstream.transport=redis}), at most once, and has no number. A stage then fails with
     * {@link java.io.IOException} if it may not have been told.
     *
     * @return a new sender
     */
    public RedisEventSender withoutStorage() {
        return new RedisEventSender(settings, maxEventSize, false);
    }

    @Override
    public CompletableFuture<StreamEvent> send(String channel, String type, String json) {
        return send(channel, type, json, true);
    }

    @Override
    public CompletableFuture<StreamEvent> sendText(String channel, String type, String text) {
        return send(channel, type, text, false);
    }

    private CompletableFuture<StreamEvent> send(String channel, String type, String data, boolean json) {
        try {
            OutgoingText.check(channel, type, data, maxEventSize);
            if (json) {
                JsonSyntax.check(channel, data);
            }
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return way.send(channel, type, data)
                .thenApply(number -> new StreamEvent(
                        channel, number > 0 ? OptionalLong.of(number) : OptionalLong.empty(), type, data));
    }

    @Override
    public void close() {
        way.close();
    }
}
