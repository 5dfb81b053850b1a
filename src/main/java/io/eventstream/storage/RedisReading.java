package io.eventstream.storage;

import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reads. Safe for use by many threads. */
final class RedisReading {

    /** Everybody waits while Redis looks these up. */
    private static final int AT_ONCE = 2000;

    private final RedisConnections connections;
    private final RedisKeys keys;
    private final RedisIdentity identity;

    RedisReading(RedisConnections connections, RedisKeys keys, RedisIdentity identity) {
        this.connections = connections;
        this.keys = keys;
        this.identity = identity;
    }

    Map<String, ChannelHead> heads(Collection<String> channels) {
        List<String> all = new ArrayList<>(new HashSet<>(channels));
        Map<String, ChannelHead> heads = new HashMap<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            readHeads(all.subList(from, Math.min(from + AT_ONCE, all.size())), heads);
        }
        return heads;
    }

    private void readHeads(List<String> channels, Map<String, ChannelHead> heads) {
        List<?> found = RedisReplies.list(connections.repeatable(
                RedisScript.HEADS,
                RedisKeys.arguments(
                        List.of(keys.storage(), keys.heads()),
                        channels.stream().map(RedisKeys::bytes).toList())));
        String generation = RedisReplies.textOrNull(found.get(1));
        // Not by what this node knows: a number of the generation before would be taken for one of the next.
        long base = generation == null ? identity.setUp().base() : Long.parseLong(generation) * StorageIdentity.NUMBERS;
        for (int i = 0; i < channels.size(); i++) {
            heads.put(channels.get(i), head(RedisReplies.textOrNull(found.get(2 + i)), base));
        }
    }

    private static ChannelHead head(@Nullable String packed, long base) {
        if (packed == null) {
            return new ChannelHead(base, base + 1, Optional.empty());
        }
        String[] parts = packed.split(" ", -1);
        return new ChannelHead(
                Math.max(Long.parseLong(parts[0]), base),
                Math.max(Long.parseLong(parts[1]), base) + 1,
                Optional.of(Instant.ofEpochMilli(Long.parseLong(parts[2]))));
    }

    List<StoredEvent> after(String channel, long position, int limit) {
        Object found = connections.repeatable(
                "XRANGE",
                List.of(
                        keys.stream(channel),
                        RedisKeys.bytes((position + 1) + "-0"),
                        RedisKeys.bytes("+"),
                        RedisKeys.bytes("COUNT"),
                        RedisKeys.bytes(limit)));
        List<StoredEvent> events = new ArrayList<>();
        for (Object entry : RedisReplies.list(found)) {
            events.add(event(channel, RedisReplies.list(entry)));
        }
        return events;
    }

    private static StoredEvent event(String channel, List<?> entry) {
        String id = RedisReplies.text(entry.get(0));
        List<?> fields = RedisReplies.list(entry.get(1));
        return new StoredEvent(
                channel,
                Long.parseLong(id.substring(0, id.indexOf('-'))),
                RedisReplies.text(fields.get(3)),
                RedisReplies.text(fields.get(5)),
                StoredTexts.originalUsers(RedisReplies.text(fields.get(7))),
                Instant.ofEpochMilli(RedisReplies.number(fields.get(1))));
    }
}
