package io.eventstream.storage;

import io.eventstream.spi.Retention;
import java.util.List;
import java.util.UUID;

/**
 * Deletes the oldest events whose time is over, a few with each script, so that senders wait for a moment at most. The
 * lease is looked at by the script itself: who lost it deletes nothing more. Safe for use by many threads.
 */
final class RedisPurge {

    private static final int EVENTS = 500;
    private static final int BYTES = 1 << 20;
    private static final int CHANNELS = 1000;
    /** A node that ends meanwhile holds up the others for so long. */
    private static final long LEASE_MILLIS = 60_000;

    private final RedisConnections connections;
    private final RedisKeys keys;

    RedisPurge(RedisConnections connections, RedisKeys keys) {
        this.connections = connections;
        this.keys = keys;
    }

    long run(Retention retention) {
        byte[] token = RedisKeys.bytes(UUID.randomUUID().toString());
        Object taken = connections.repeatable(
                "SET",
                List.of(
                        keys.lease(),
                        token,
                        RedisKeys.bytes("NX"),
                        RedisKeys.bytes("PX"),
                        RedisKeys.bytes(LEASE_MILLIS)));
        if (taken == null) {
            return 0;
        }
        long deleted = channels(retention, token);
        connections.repeatable(RedisScript.RELEASE, RedisKeys.arguments(List.of(keys.lease()), List.of(token)));
        return deleted;
    }

    private long channels(Retention retention, byte[] token) {
        long deleted = 0;
        byte[] cursor = RedisKeys.bytes("0");
        do {
            List<?> page = RedisReplies.list(connections.repeatable(
                    "HSCAN", List.of(keys.heads(), cursor, RedisKeys.bytes("COUNT"), RedisKeys.bytes(CHANNELS))));
            cursor = (byte[]) page.get(0);
            List<?> channels = RedisReplies.list(page.get(1));
            long now = now();
            for (int i = 0; i < channels.size(); i += 2) {
                String channel = RedisReplies.text(channels.get(i));
                String[] head = RedisReplies.text(channels.get(i + 1)).split(" ", -1);
                long oldestAt = Long.parseLong(head[3]);
                long keep = retention.of(channel).toMillis();
                if (oldestAt > 0 && oldestAt <= now - keep) {
                    deleted += purge(channel, keep, token);
                }
            }
        } while (RedisReplies.number(cursor) != 0);
        return deleted;
    }

    private long now() {
        List<?> time = RedisReplies.list(connections.repeatable("TIME", List.of()));
        return RedisReplies.number(time.get(0)) * 1000 + RedisReplies.number(time.get(1)) / 1000;
    }

    private long purge(String channel, long keepMillis, byte[] token) {
        List<byte[]> arguments = RedisKeys.arguments(
                List.of(keys.heads(), keys.stream(channel), keys.lease()),
                List.of(
                        RedisKeys.bytes(channel),
                        RedisKeys.bytes(keepMillis),
                        token,
                        RedisKeys.bytes(LEASE_MILLIS),
                        RedisKeys.bytes(EVENTS),
                        RedisKeys.bytes(BYTES)));
        long deleted = 0;
        while (true) {
            List<?> answer = RedisReplies.list(connections.repeatable(RedisScript.PURGE, arguments));
            deleted += Math.max(RedisReplies.number(answer.get(0)), 0);
            if (RedisReplies.number(answer.get(1)) == 0) {
                return deleted;
            }
        }
    }
}
