package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.RedisWars;
import io.eventstream.testapp.RelayTransport;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.TextRelay;
import io.eventstream.testing.Wars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes that share nothing but Redis, or what the application brings. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class TwoNodesIT {

    private final Container container;
    private final RedisServer redis;

    TwoNodesIT(Container container, RedisServer server) {
        this.container = container;
        this.redis = server;
    }

    private Wars war(String name, String storage, String transport, String poll) {
        return TestWars.of(name)
                .with("eventstream.storage", storage)
                .with("eventstream.transport", transport)
                .with("eventstream.storage.poll", poll)
                .with("eventstream.redis.url", redis.url(7));
    }

    private TwoNodes nodes(String storage, String transport, String poll) {
        return new TwoNodes(container::deploy, name -> RedisWars.withJedis(war(name, storage, transport, poll)));
    }

    @Test
    void hearEachOtherByRedisAndShareWhatIsStoredThere() {
        try (var nodes = nodes("redis", "redis", "PT1H").awaitMet()) {
            nodes.assertThatEventsCross("unrel");
            nodes.assertThatEventsCross("a");
            nodes.assertThatPermissionsCross("b");
            nodes.assertThatAClientMayChangeTheNode("c");
        }
    }

    @Test
    void meetInTheStorageWithoutATransport() {
        try (var nodes = nodes("redis", "local", "PT0.1S")) {
            nodes.assertThatEventsCross("d");
            nodes.assertThatPermissionsCross("e");
        }
    }

    @Test
    void hearEachOtherWhereNothingIsStored() {
        try (var nodes = nodes("none", "redis", "PT2S").awaitMet()) {
            nodes.assertThatEventsCross("f");
            nodes.assertThatPermissionsCross("g");
        }
    }

    @Test
    void hearEachOtherByATransportOfTheApplicationsOwn() {
        try (var relay = new TextRelay()) {
            try (var nodes = new TwoNodes(
                            container::deploy,
                            name -> RedisWars.withJedis(war(name, "redis", "local", "PT1H")
                                    .with(RelayTransport.class)
                                    .with("relay.port", Integer.toString(relay.port()))))
                    .awaitMet()) {
                nodes.assertThatEventsCross("unrel");
                nodes.assertThatEventsCross("h");
                nodes.assertThatPermissionsCross("i");
            }
            await().untilAsserted(() -> assertThat(relay.connections()).isZero());
        }
    }
}
