package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.RedisWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.DeploymentRefusedException;
import io.eventstream.testing.RedisServer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application with storage in Redis, with and without what that needs. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class RedisDeploymentIT {

    private final Container container;

    RedisDeploymentIT(Container container) {
        this.container = container;
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
        assertThat(refusal(RedisWars.withoutJedis("redis://127.0.0.1:1", TestWars.of("redis"))
                        .archive()))
                .contains("eventstream.storage = redis: Storage in Redis needs Jedis 8")
                .contains("add the dependency redis.clients:jedis");
    }

    @Test
    void isRefusedWhereThereIsNoRedis() {
        assertThat(refusal(RedisWars.on("redis://:hidden@127.0.0.1:1", TestWars.of("redis"))))
                .contains("eventstream.storage = redis: Redis cannot be used; start it before the application."
                        + " It is redis://127.0.0.1:1/0")
                .doesNotContain("hidden");
    }

    @Test
    void startsWithRedisAndLeavesNoConnectionBehind(RedisServer server) {
        try (var deployed = container.deploy(RedisWars.on(server.url(6), TestWars.of("redis")))) {
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
