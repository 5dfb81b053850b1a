package io.eventstream.storage;

import io.eventstream.config.RedisSettings;
import io.eventstream.contract.StorageUnderTest;
import io.eventstream.spi.EventStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes with connections of their own, and another one for what is done behind their back. */
final class RedisNodes implements StorageUnderTest {

    /** Entries of a stream cannot be changed, so all of them are written anew. */
    private static final String AGE = """
            local entries = redis.call('XRANGE', KEYS[2], '-', '+')
            redis.call('DEL', KEYS[2])
            for i, entry in ipairs(entries) do
                local f = entry[2]
                if tonumber(string.match(entry[1], '^%d+')) <= tonumber(ARGV[2]) then
                    f[2] = string.format('%.0f', f[2] - ARGV[3])
                end
                redis.call('XADD', KEYS[2], entry[1], unpack(f))
                if i == 1 then
                    local head = redis.call('HGET', KEYS[1], ARGV[1])
                    redis.call('HSET', KEYS[1], ARGV[1], string.match(head, '^%d+ %d+ %d+ ') .. f[2])
                end
            end
            return #entries""";

    private final RedisConnections administrator;
    private final RedisKeys keys;
    private final List<RedisEventStorage> nodes = new ArrayList<>();

    RedisNodes(String url) {
        var settings = settings(url);
        administrator = new RedisConnections(settings);
        keys = new RedisKeys(settings);
        for (int node = 0; node < NODES; node++) {
            nodes.add(RedisEventStorage.open(settings));
        }
    }

    static RedisSettings settings(String url) {
        return new RedisSettings(url, "eventstream", Duration.ofSeconds(10));
    }

    /** {@return what a command answers} */
    Object execute(String command, byte[]... arguments) {
        return administrator.repeatable(command, List.of(arguments));
    }

    RedisKeys keys() {
        return keys;
    }

    @Override
    public EventStorage node(int index) {
        return nodes.get(index);
    }

    @Override
    public BusinessTransaction begin(int node) {
        throw new UnsupportedOperationException("Redis joins no transaction");
    }

    @Override
    public void age(String channel, long upTo, Duration by) {
        execute(
                "EVAL",
                RedisKeys.bytes(AGE),
                RedisKeys.bytes(2),
                keys.heads(),
                keys.stream(channel),
                RedisKeys.bytes(channel),
                RedisKeys.bytes(upTo),
                RedisKeys.bytes(by.toMillis()));
    }

    @Override
    public void close() {
        nodes.forEach(RedisEventStorage::close);
        administrator.close();
    }
}
