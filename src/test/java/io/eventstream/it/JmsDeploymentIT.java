package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.ArtemisWars;
import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.ArtemisBroker;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.DeploymentRefusedException;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import io.eventstream.testing.Wars;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** An application whose nodes meet at a broker, with and without what that needs. */
@ContainerTest
class JmsDeploymentIT {

    private final Container container;

    JmsDeploymentIT(Container container) {
        this.container = container;
    }

    private static Wars war(String name) {
        return TestWars.of(name).with("eventstream.transport", "jms");
    }

    private String refusal(WebArchive war) {
        long logEnd = container.log().end();
        var refused = catchThrowableOfType(
                DeploymentRefusedException.class, () -> container.deploy(war).close());
        assertThat(refused).as("the refusal").isNotNull();
        return refused.getMessage() + String.join("\n", container.log().since(logEnd));
    }

    /** Some servers have a connection factory, some the API alone, some nothing of it. */
    @Test
    void isRefusedWithoutAConnectionFactory() {
        assertThat(refusal(war("jms")
                        .with("eventstream.jms.connection-factory", "java:comp/env/none")
                        .archive()))
                .containsAnyOf(
                        "eventstream.transport = jms: there is no ConnectionFactory java:comp/env/none; set",
                        "eventstream.transport = jms: the server does not have Jakarta Messaging; add it");
    }

    @Test
    void isRefusedWithoutTheClientOfTheBroker() {
        assertThat(refusal(war("jms")
                        .with("eventstream.jms.broker-url", "tcp://127.0.0.1:1?password=hidden")
                        .archive()))
                .containsAnyOf(
                        "eventstream.transport = jms: eventstream.jms.broker-url needs the Artemis client",
                        "eventstream.transport = jms: the server does not have Jakarta Messaging; add it")
                .doesNotContain("hidden");
    }

    @Test
    void twoNodesHearEachOtherByABrokerAndLeaveItAgain() {
        try (var broker = new ArtemisBroker()) {
            try (var first = container.deploy(node("jms-1", broker));
                    var second = container.deploy(node("jms-2", broker));
                    var control = new Control(first.base())) {
                await().until(() -> broker.consumers() == 2);
                assertThatOneHearsTheOther(second, control);
            }
            await().untilAsserted(() -> assertThat(broker.connections()).isZero());
        }
    }

    private static void assertThatOneHearsTheOther(Deployed second, Control first) {
        try (var far = RawHttp.get(second.base(), "/events?channel=a").awaitOpen()) {
            for (int i = 0; i < 20; i++) {
                first.send("a", i);
            }

            // A stream-reset before them, where the node did not know yet that it is connected.
            assertThat(far.awaitText("data: 19\n\n").events().stream()
                            .filter(event -> event.type().equals("message"))
                            .map(Event::data))
                    .hasSize(20)
                    .startsWith("0", "1", "2")
                    .endsWith("18", "19");
        }
    }

    private static WebArchive node(String name, ArtemisBroker broker) {
        return ArtemisWars.withClient(war(name).with("eventstream.jms.broker-url", broker.url()));
    }
}
