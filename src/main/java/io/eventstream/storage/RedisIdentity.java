package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.spi.StorageIdentity;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which storage this is. A Redis that was emptied is set up again, with a generation above all that this node has seen, so
 * that its numbers are no one else's. Safe for use by many threads.
 */
final class RedisIdentity {

    private static final Logger LOG = System.getLogger(RedisIdentity.class.getName());

    private final RedisConnections connections;
    private final RedisKeys keys;
    private final boolean mayBegin;
    private @Nullable StorageIdentity known;

    /** Made with whether a storage may be set up in a Redis where none was seen. */
    RedisIdentity(RedisConnections connections, RedisKeys keys, boolean mayBegin) {
        this.connections = connections;
        this.keys = keys;
        this.mayBegin = mayBegin;
    }

    StorageIdentity get() {
        Object found = connections.repeatable(
                "HMGET", List.of(keys.storage(), RedisKeys.bytes("id"), RedisKeys.bytes("generation")));
        List<?> values = RedisReplies.list(found);
        return values.contains(null) ? setUp() : noted(identity(values));
    }

    /** Sets it up unless it is there. */
    StorageIdentity setUp() {
        if (!mayBegin && isUnknown()) {
            throw new StorageRefusedException(
                    "No node has set up a storage in this Redis with these keys; start a node first, or look at the number of"
                            + " the database in the URL and at the prefix of keys",
                    null);
        }
        return noted(raised(0));
    }

    StorageIdentity raise(long generation) {
        return noted(raised(generation));
    }

    /** For who has read it along with something else. */
    StorageIdentity noted(StorageIdentity found) {
        StorageIdentity before = exchanged(found);
        if (before == null || before.id().equals(found.id())) {
            return found;
        }
        LOG.log(
                Level.WARNING,
                "Redis was emptied or is another one: its events are gone, and all streams begin anew."
                        + " Its storage was {0}, now it is {1}",
                before,
                found);
        // Who set it up may not have known how far the one before had come.
        return found.generation() > before.generation() ? found : raise(before.generation() + 1);
    }

    private synchronized @Nullable StorageIdentity exchanged(StorageIdentity found) {
        StorageIdentity before = known;
        known = found;
        return before;
    }

    private synchronized boolean isUnknown() {
        return known == null;
    }

    private synchronized long nextGeneration() {
        return known == null ? 0 : known.generation() + 1;
    }

    private StorageIdentity raised(long atLeast) {
        return identity(RedisReplies.list(connections.repeatable(
                RedisScript.IDENTITY,
                RedisKeys.arguments(
                        List.of(keys.storage()),
                        List.of(
                                RedisKeys.bytes(UUID.randomUUID().toString()),
                                RedisKeys.bytes(nextGeneration()),
                                RedisKeys.bytes(atLeast))))));
    }

    private static StorageIdentity identity(List<?> values) {
        return new StorageIdentity(
                UUID.fromString(RedisReplies.text(values.get(0))), RedisReplies.number(values.get(1)));
    }
}
