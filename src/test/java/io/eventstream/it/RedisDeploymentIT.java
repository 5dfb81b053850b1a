package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.DeploymentRefusedException;
import io.eventstream.testing.RedisServer;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.stream.Stream;
import org.apache.commons.pool2.ObjectPool;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import redis.clients.authentication.core.Token;
import redis.clients.jedis.Connection;

/** An application with storage in Redis, with and without what that needs. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class RedisDeploymentIT {

    private final Container container;

    RedisDeploymentIT(Container container) {
        this.container = container;
    }

    private static WebArchive war(String url) {
        return TestWars.of("redis")
                .with("eventstream.storage", "redis")
                .with("eventstream.redis.url", url)
                .archive();
    }

    /** With what {@code mvn} puts into a WAR that has Jedis as a dependency. */
    private static WebArchive warWithJedis(String url) {
        File[] jars = Stream.of(
                        Connection.class, ObjectPool.class, Gson.class, JSONObject.class, Token.class, Logger.class)
                .map(RedisDeploymentIT::jar)
                .toArray(File[]::new);
        return war(url).addAsLibraries(jars);
    }

    private static File jar(Class<?> type) {
        try {
            URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return new File(place);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private String refusal(WebArchive war) {
        long logEnd = container.log().end();
        var refused = catchThrowableOfType(
                DeploymentRefusedException.class, () -> container.deploy(war).close());
        assertThat(refused).as("the refusal").isNotNull();
        return refused.getMessage() + String.join("\n", container.log().since(logEnd));
    }

    @Test
    void isRefusedWithoutJedis() {
        assertThat(refusal(war("redis://127.0.0.1:1")))
                .contains("eventstream.storage = redis: Storage in Redis needs Jedis 8")
                .contains("add the dependency redis.clients:jedis");
    }

    @Test
    void isRefusedWhereThereIsNoRedis() {
        assertThat(refusal(warWithJedis("redis://:hidden@127.0.0.1:1")))
                .contains("eventstream.storage = redis: Redis cannot be used; start it before the application."
                        + " It is redis://127.0.0.1:1/0")
                .doesNotContain("hidden");
    }

    @Test
    void startsWithRedisAndLeavesNoConnectionBehind(RedisServer server) {
        try (var deployed = container.deploy(warWithJedis(server.url(6)))) {
            assertThat(deployed.base()).isNotNull();
            assertThat(connections(server)).isPositive();
        }
        await().untilAsserted(() -> assertThat(connections(server)).isZero());
    }

    private static long connections(RedisServer server) {
        return server.lines("CLIENT", "LIST", "TYPE", "normal").stream()
                .filter(line -> line.contains("name=eventstream"))
                .count();
    }
}
