package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventstream.testapp.TestUnit;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DeploymentRefusedException;
import io.eventstream.testing.Wars;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with an application is told when it is deployed. */
@ContainerTest
class DeploymentIT {

    private final Container container;

    DeploymentIT(Container container) {
        this.container = container;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eventstream.keep-alive|20 seconds|a duration such as PT20S",
                "eventstream.channel-limit|0|a whole number from 1",
                "eventstream.storage|disk|none or jpa",
                "eventstream.storage.retention.\"news-*\"|1h|a duration such as PT20S",
                "eventstream.errors|both|stream or status",
                "eventstream.grip.url|http://localhost:5561/|does not have GRIP"
            })
    void aSettingThatCannotBeIsRefused(String key, String value, String allowed) {
        assertThat(refusal(TestWars.of("refused").with(key, value)))
                .contains(key)
                .contains(allowed)
                .satisfies(text ->
                        assertThat(text.contains(value) || key.contains("grip")).isTrue());
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        assertThat(refusal(TestWars.of("refused")
                        .with("eventstream.cors.allow-origins", "*")
                        .with("eventstream.cors.allow-credentials", "true")))
                .contains("eventstream.cors.allow-credentials = true")
                .contains("eventstream.cors.allow-origins = *");
    }

    @Test
    void twoChannelManagersAreRefused() {
        assertThat(refusal(TestWars.of("refused").with(SecondChannels.class)))
                .contains("more than one ChannelManager")
                .contains("@Alternative");
    }

    @Test
    void aMissingUnitIsRefusedWithTheLinesThatDeclareOne() {
        assertThat(refusal(TestWars.of("refused").with("eventstream.storage", "jpa")))
                .contains("eventstream.storage = jpa: there is no persistence unit under the name"
                        + " java:comp/env/eventstream/emf")
                .contains("@PersistenceUnit(name = \"eventstream/emf\", unitName = \"…\")");
    }

    @Test
    void aUnitWithoutOurEntitiesIsRefusedWithTheLinesThatListThem() {
        assertThat(refusal(unit("JTA", TestUnit.ENTITIES.subList(0, 1), "none")))
                .contains("does not list io.eventstream.storage.EventRow")
                .contains("<class>io.eventstream.storage.EventRow</class>");
    }

    @Test
    void aUnitWithTransactionsOfItsOwnIsRefused() {
        assertThat(refusal(unit("RESOURCE_LOCAL", TestUnit.ENTITIES, "none"))).contains("eventstream.storage = jpa");
    }

    private static Wars unit(String transactions, List<String> entities, String schema) {
        return TestWars.of("refused")
                .with(TestUnit.class)
                .withText(TestUnit.PATH, TestUnit.xml(transactions, entities, schema))
                .with("eventstream.storage", "jpa");
    }

    /** {@return what the server says, in its answer or its log} */
    private String refusal(Wars war) {
        long logEnd = container.log().end();
        var refused = catchThrowableOfType(
                DeploymentRefusedException.class,
                () -> container.deploy(war.archive()).close());
        assertThat(refused).as("the refusal").isNotNull();
        return refused.getMessage() + String.join("\n", container.log().since(logEnd));
    }

    @Test
    void anUnknownSettingIsAWarningThatNamesTheNearest() {
        long logEnd = container.log().end();
        container
                .deploy(TestWars.of("unknown-setting")
                        .with("eventstream.keepalive", "PT5S")
                        .archive())
                .close();
        List<String> told = container.log().since(logEnd).stream()
                .filter(entry -> entry.contains("eventstream.keepalive"))
                .toList();

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("WARN").contains("eventstream.keep-alive");
    }
}
