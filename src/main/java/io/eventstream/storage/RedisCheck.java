package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a Redis keeps what it is given, by what it says of itself. */
final class RedisCheck {

    private static final Logger LOG = System.getLogger(RedisCheck.class.getName());

    private RedisCheck() {}

    /**
     * Looks at it once, and warns where events can be lost in a crash.
     *
     * @throws IllegalStateException if it cannot be used, or would throw events away
     */
    static void run(RedisConnections connections) {
        String text;
        try {
            text = RedisReplies.text(connections.repeatable("INFO", List.of()));
        } catch (StorageRefusedException e) {
            if (e.getCause() == null
                    || !String.valueOf(e.getCause().getMessage()).startsWith("NOPERM")) {
                throw e;
            }
            LOG.log(
                    Level.INFO,
                    "The user of eventstream.redis.url may not ask Redis for INFO, so its version, eviction and persistence are not checked");
            return;
        }
        Map<String, String> info = parsed(text);
        Optional<String> problem = problem(info);
        if (problem.isPresent()) {
            throw new IllegalStateException("This Redis cannot store events: " + problem.get());
        }
        if ("0".equals(info.get("aof_enabled"))) {
            LOG.log(
                    Level.WARNING,
                    "Redis has no append-only file, so a crash of it loses events;"
                            + " set appendonly yes, and appendfsync always where none may be lost");
        }
    }

    /** {@return what makes it useless, as the end of a sentence} */
    static Optional<String> problem(Map<String, String> info) {
        String[] version = info.getOrDefault("redis_version", "7.0").split("\\.", -1);
        int number = Integer.parseInt(version[0]) * 100 + Integer.parseInt(version[1]);
        if (number < 602) {
            return Optional.of("its version is " + info.get("redis_version") + ", needed is 6.2 or newer");
        }
        if ("slave".equals(info.get("role"))) {
            return Optional.of("it is a replica; eventstream.redis.url must name the primary");
        }
        String policy = info.getOrDefault("maxmemory_policy", "");
        // Nothing of ours expires but a lease, so the volatile policies take no event.
        if (policy.startsWith("allkeys") && !"0".equals(info.get("maxmemory"))) {
            return Optional.of("with maxmemory-policy " + policy + " it throws events away when its memory is full;"
                    + " set maxmemory-policy noeviction");
        }
        return Optional.empty();
    }

    static Map<String, String> parsed(String info) {
        Map<String, String> values = new HashMap<>();
        for (String line : info.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return values;
    }
}
