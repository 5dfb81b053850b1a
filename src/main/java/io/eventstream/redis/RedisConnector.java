package io.eventstream.redis;

import io.eventstream.config.RedisSettings;
import java.time.Duration;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.SslOptions;

/** Connects to Redis by Jedis. */
public final class RedisConnector {

    private RedisConnector() {}

    /**
     * Connects.
     *
     * @param settings where, as whom
     * @param silence how long to wait for what Redis sends
     * @return a connection of the caller's
     * @throws redis.clients.jedis.exceptions.JedisException if there is no Redis, or it refuses
     */
    public static Connection connect(RedisSettings settings, Duration silence) {
        var config = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(millis(settings.timeout()))
                .socketTimeoutMillis(millis(silence))
                .database(settings.database())
                .clientName("eventstream")
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (settings.tls()) {
            config.sslOptions(SslOptions.defaults());
        }
        if (!settings.user().isEmpty()) {
            config.user(settings.user());
        }
        if (!settings.password().isEmpty()) {
            config.password(settings.password());
        }
        return new Connection(new HostAndPort(settings.host(), settings.port()), config.build());
    }

    private static int millis(Duration duration) {
        return (int) duration.toMillis();
    }
}
