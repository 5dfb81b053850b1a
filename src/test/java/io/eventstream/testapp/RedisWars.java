package io.eventstream.testapp;

import com.google.gson.Gson;
import io.eventstream.testing.Wars;
import java.io.File;
import java.net.URISyntaxException;
import java.util.stream.Stream;
import org.apache.commons.pool2.ObjectPool;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.json.JSONObject;
import org.slf4j.Logger;
import redis.clients.authentication.core.Token;
import redis.clients.jedis.Connection;

/** Applications that bring Jedis. */
public final class RedisWars {

    private RedisWars() {}

    /** {@return it with its storage in Redis} */
    public static WebArchive storing(String url, Wars war) {
        return withJedis(war.with("eventstream.storage", "redis").with("eventstream.redis.url", url));
    }

    /** {@return it with what {@code mvn} puts into a WAR that has Jedis as a dependency} */
    public static WebArchive withJedis(Wars war) {
        return war.archive().addAsLibraries(jars());
    }

    /** {@return Jedis, and what it needs} */
    public static File[] jars() {
        return Stream.of(Connection.class, ObjectPool.class, Gson.class, JSONObject.class, Token.class, Logger.class)
                .map(RedisWars::jar)
                .toArray(File[]::new);
    }

    private static File jar(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
