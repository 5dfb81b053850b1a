package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventstream.testapp.PostgresWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.DeploymentRefusedException;
import io.eventstream.testing.PostgresServer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application whose unit is as it must be, but its database is not. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class StorageRefusalIT {

    private final Container container;

    StorageRefusalIT(Container container) {
        this.container = container;
    }

    /** {@return what the server says, in its answer or its log} */
    private String refusal(String url) {
        long logEnd = container.log().end();
        WebArchive war = PostgresWars.on(url, TestWars.of("refused-database"));
        var refused = catchThrowableOfType(
                DeploymentRefusedException.class, () -> container.deploy(war).close());
        assertThat(refused).as("the refusal").isNotNull();
        return refused.getMessage() + String.join("\n", container.log().since(logEnd));
    }

    @Test
    void missingTablesAreRefusedWithTheWaysToMakeThem(PostgresServer server) {
        assertThat(refusal(server.database("without_tables")))
                .contains("EventStream cannot start with eventstream.storage = jpa: the tables of the persistence unit"
                        + " under the name java:comp/env/eventstream/emf cannot be used")
                .contains("set eventstream.storage.create-tables = true")
                .contains("<property name=\"jakarta.persistence.schema-generation.database.action\"")
                .contains("META-INF/eventstream");
    }

    @Test
    void aDatabaseThatIsDownIsRefused() {
        String refusal = refusal("jdbc:postgresql://127.0.0.1:1/app?user=tests");

        assertThat(refusal).contains("Connection to 127.0.0.1:1 refused");
        assertThat(refusal.contains("EventStream cannot start with eventstream.storage = jpa: the database of the"
                        + " persistence unit under the name java:comp/env/eventstream/emf cannot be reached. Start it"
                        + " before the application"))
                .isNotEqualTo(container.opensUnitsBeforeApplications());
    }
}
