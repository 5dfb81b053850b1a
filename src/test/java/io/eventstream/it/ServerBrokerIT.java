package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.RedisWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.DeploymentRefusedException;
import io.eventstream.testing.JvmProbe;
import io.eventstream.testing.OwnServer;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.Wars;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes that meet at the broker of their server, and read its queue, by the connection factory that the platform names. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class ServerBrokerIT {

    private static final Pattern OF_A_TRANSPORT = Pattern.compile("^\"eventstream-(receive|send|queue)\" #\\d+");

    private final Container container;
    private final RedisServer redis;

    ServerBrokerIT(Container container, RedisServer redis) {
        this.container = container;
        this.redis = redis;
    }

    private static Wars war(String name) {
        return TestWars.of(name).with("eventstream.transport", "jms");
    }

    /**
     * One that compares with the storage so seldom that it cannot be what brings it anything. The first reads the queue: with
     * two the broker would decide about the order.
     */
    private WebArchive node(String name) {
        Wars war = war(name).with("eventstream.storage.poll", "PT1H").with(QueueResource.class);
        return RedisWars.storing(
                redis.url(9), name.endsWith("1") ? war.with("eventstream.jms.queue", TwoNodes.QUEUE) : war);
    }

    @Test
    void nodesMeetAtItAndAreRefusedWhereThereIsNone() {
        switch (container.broker()) {
            case NONE -> assertThatANodeIsRefused();
            case THERE -> assertThatNodesMeet(container::deploy, container.jvm());
            case IN_ANOTHER_CONFIGURATION -> {
                try (var server = OwnServer.withBroker("broker")) {
                    assertThatNodesMeet(server::deploy, server.jvm());
                }
            }
        }
    }

    private void assertThatANodeIsRefused() {
        long logEnd = container.log().end();
        assertThatExceptionOfType(DeploymentRefusedException.class)
                .isThrownBy(() -> container.deploy(war("broker-none").archive()).close())
                .satisfies(refused -> assertThat(refused.getMessage()
                                + String.join("\n", container.log().since(logEnd)))
                        .contains("there is no ConnectionFactory java:comp/DefaultJMSConnectionFactory; set"));
    }

    private void assertThatNodesMeet(Function<WebArchive, Deployed> server, JvmProbe jvm) {
        Set<String> before = threads(jvm);
        Set<String> ofNodes;
        try (var nodes = new TwoNodes(server, this::node).awaitMet()) {
            nodes.assertThatEventsCross("unrel-broker");
            nodes.assertThatEventsCross("broker");
            nodes.assertThatPermissionsCross("broker-denied");
            nodes.assertThatTheQueueIsRead("broker-queue");
            ofNodes = threads(jvm);
            ofNodes.removeAll(before);
            assertThat(ofNodes).isNotEmpty();
        }
        await().untilAsserted(() -> assertThat(threads(jvm)).doesNotContainAnyElementsOf(ofNodes));
    }

    /** {@return name and number of those that transports have: other tests may use the same server meanwhile} */
    private static Set<String> threads(JvmProbe jvm) {
        return jvm.threads("eventstream-", "io.eventstream.cluster.").stream()
                .map(OF_A_TRANSPORT::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
