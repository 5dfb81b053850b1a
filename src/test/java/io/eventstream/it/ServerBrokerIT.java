package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.DeploymentRefusedException;
import io.eventstream.testing.JvmProbe;
import io.eventstream.testing.OwnServer;
import java.util.List;
import java.util.function.Function;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Two nodes that meet at the broker of their server, by the connection factory that the platform names. */
@ContainerTest
class ServerBrokerIT {

    private final Container container;

    ServerBrokerIT(Container container) {
        this.container = container;
    }

    /** Nodes that compare with the database so seldom that it cannot be what brings them anything. */
    private static WebArchive node(String name) {
        return TestWars.withStorage(name)
                .with("eventstream.transport", "jms")
                .with("eventstream.storage.poll", "PT1H")
                .archive();
    }

    @Test
    void nodesMeetAtItAndAreRefusedWhereThereIsNone() {
        switch (container.broker()) {
            case NONE -> assertThatANodeIsRefused();
            case THERE -> assertThatNodesMeet(container::deploy, container.jvm());
            case IN_ANOTHER_CONFIGURATION -> {
                assertThatANodeIsRefused();
                try (var server = OwnServer.withBroker("broker")) {
                    assertThatNodesMeet(server::deploy, server.jvm());
                }
            }
        }
    }

    private void assertThatANodeIsRefused() {
        long logEnd = container.log().end();
        assertThatExceptionOfType(DeploymentRefusedException.class)
                .isThrownBy(() -> container.deploy(node("broker-none")).close())
                .satisfies(refused -> assertThat(refused.getMessage()
                                + String.join("\n", container.log().since(logEnd)))
                        .containsAnyOf(
                                "there is no ConnectionFactory java:comp/DefaultJMSConnectionFactory; set",
                                "the server does not have Jakarta Messaging; add it to the server"));
    }

    private static void assertThatNodesMeet(Function<WebArchive, Deployed> server, JvmProbe jvm) {
        List<String> before = ourThreads(jvm);
        try (var nodes = new TwoNodes(server, ServerBrokerIT::node).awaitMet()) {
            nodes.assertThatEventsCross("unrel-broker");
            nodes.assertThatEventsCross("broker");
            nodes.assertThatPermissionsCross("broker-denied");
            assertThat(ourThreads(jvm)).hasSizeGreaterThan(before.size());
        }
        await().untilAsserted(() -> assertThat(ourThreads(jvm)).hasSameSizeAs(before));
    }

    /** By name, and whatever runs code of ours under another name. */
    private static List<String> ourThreads(JvmProbe jvm) {
        return jvm.threads("eventstream", "io.eventstream.");
    }
}
