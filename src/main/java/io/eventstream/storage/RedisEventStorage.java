package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.config.RedisSettings;
import io.eventstream.redis.RedisClient;
import io.eventstream.spi.Appended;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Events in Redis: a stream for each channel, whose entries have the id {@code number-0}, and one hash with where all
 * channels begin and end. What must not be seen half is a script. Redis cannot take part in a caller's transaction. Safe for
 * use by many threads.
 */
final class RedisEventStorage implements EventStorage, AutoCloseable {

    private final RedisConnections connections;
    private final RedisIdentity identity;
    private final RedisAppend append;
    private final RedisReading reading;
    private final RedisPurge purge;

    private RedisEventStorage(RedisConnections connections, RedisKeys keys, RedisIdentity identity) {
        this.connections = connections;
        this.identity = identity;
        this.append = new RedisAppend(connections, keys, identity);
        this.reading = new RedisReading(connections, keys, identity);
        this.purge = new RedisPurge(connections, keys);
    }

    /**
     * The storage in a Redis, set up if it is new.
     *
     * @throws StorageUnavailableException if it cannot be reached
     * @throws StorageRefusedException if it does not let us in, or its keys are not ours
     * @throws IllegalStateException if the application lacks Jedis, or this Redis cannot be used or would throw events away
     */
    static RedisEventStorage open(RedisSettings settings) {
        RedisClient.require("Storage in Redis");
        var connections = new RedisConnections(settings);
        var keys = new RedisKeys(settings);
        var storage = new RedisEventStorage(connections, keys, new RedisIdentity(connections, keys, true));
        try {
            RedisCheck.run(connections);
            storage.identity.setUp();
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
        return storage;
    }

    /**
     * The storage that nodes have set up in a Redis. Nothing is connected yet; what is wrong with that Redis is told to who
     * uses it, also that there is no storage.
     */
    static RedisEventStorage joined(RedisSettings settings) {
        var connections = new RedisConnections(settings);
        var keys = new RedisKeys(settings);
        return new RedisEventStorage(connections, keys, new RedisIdentity(connections, keys, false));
    }

    @Override
    public StorageIdentity identity() {
        return identity.get();
    }

    @Override
    public StorageIdentity raiseGeneration(long atLeast) {
        return identity.raise(atLeast);
    }

    @Override
    public Appended append(List<EncodedMessage> messages) {
        return new Appended(List.of(), messages.isEmpty() ? List.of() : append.run(messages));
    }

    @Override
    public Map<String, ChannelHead> heads(Collection<String> channels) {
        return reading.heads(channels);
    }

    @Override
    public List<StoredEvent> after(String channel, long position, int limit) {
        return reading.after(channel, position, limit);
    }

    @Override
    public long purge(Retention retention) {
        return purge.run(retention);
    }

    /** Ends the connections. */
    @Override
    public void close() {
        connections.close();
    }
}
