package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.PostgresWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.PostgresServer;
import io.eventstream.testing.Wars;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes that share nothing but a PostgreSQL, in which they store and at which they meet. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class PostgresqlNodesIT {

    private final Container container;
    private final String url;

    PostgresqlNodesIT(Container container, PostgresServer server) {
        this.container = container;
        this.url = server.database("nodes");
    }

    private Wars war(String name) {
        return TestWars.of(name)
                .with("eventstream.transport", "postgresql")
                .with("eventstream.storage.create-tables", "true")
                .with("eventstream.storage.poll", "PT1H")
                .with("eventstream.postgresql.url", url);
    }

    @Test
    void hearEachOtherAndLeaveNoConnection() {
        try (var nodes = new TwoNodes(container::deploy, name -> PostgresWars.on(url, war(name))).awaitMet()) {
            nodes.assertThatEventsCross("unrel");
            nodes.assertThatEventsCross("a");
            nodes.assertThatPermissionsCross("b");
            nodes.assertThatAClientMayChangeTheNode("c");
        }
        await().untilAsserted(() -> assertThat(connections()).isZero());
    }

    private long connections() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'eventstream'")) {
            result.next();
            return result.getLong(1);
        }
    }
}
