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
import io.eventstream.testing.Wars;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application that uses Redis, with and without what that needs. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class RedisDeploymentIT {

    private static final String STORAGE = "eventstream.storage";

    private final Container container;

    RedisDeploymentIT(Container container) {
        this.container = container;
    }

    private static Wars war(String setting, String url) {
        return TestWars.of("redis").with(setting, "redis").with("eventstream.redis.url", url);
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
        assertThat(refusal(war(STORAGE, "redis://127.0.0.1:1").archive()))
                .contains("eventstream.storage = redis: Storage in Redis needs Jedis 8")
                .contains("add the dependency redis.clients:jedis");
        assertThat(refusal(war("eventstream.transport", "redis://127.0.0.1:1").archive()))
                .contains("eventstream.transport = redis: The transport by Redis needs Jedis 8")
                .contains("add the dependency redis.clients:jedis");
    }

    @Test
    void isRefusedWhereThereIsNoRedis() {
        assertThat(refusal(RedisWars.withJedis(war(STORAGE, "redis://:hidden@127.0.0.1:1"))))
                .contains("eventstream.storage = redis: Redis cannot be used; start it before the application."
                        + " It is redis://127.0.0.1:1/0")
                .doesNotContain("hidden");
    }

    @Test
    void startsWithRedisAndLeavesNoConnectionBehind(RedisServer server) {
        try (var deployed = container.deploy(RedisWars.withJedis(war(STORAGE, server.url(6))))) {
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
