package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.broadcast.RealNode;
import io.eventstream.config.PostgresqlSettings;
import io.eventstream.spi.EventTransport;
import io.eventstream.testing.PostgresServer;
import io.eventstream.testing.WithoutServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The transport by LISTEN and NOTIFY, on a real PostgreSQL that crashes and hangs. */
@WithoutServer
class PostgresqlTransportIT extends TransportContract {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private PostgresServer server;
    private String url;

    @Override
    TransportUnderTest open() {
        server = new PostgresServer();
        url = server.database("meeting");
        return new Notifications(server, url);
    }

    private record Notifications(PostgresServer server, String url) implements TransportUnderTest {

        @Override
        public EventTransport node() {
            return new PostgresqlTransport(new PostgresqlSettings(url, "Events.of-us", LIMIT));
        }

        /** Their names differ in one capital. */
        @Override
        public EventTransport stranger() {
            return new PostgresqlTransport(new PostgresqlSettings(url, "events.of-us", LIMIT));
        }

        @Override
        public void publishForeign() {
            ask("SELECT pg_notify('Events.of-us', 'hello')");
            ask("SELECT pg_notify('Events.of-us', '1/2:hello')");
        }

        @Override
        public void breakDown() {
            server.crash();
        }

        @Override
        public void recover() {
            server.restart();
        }

        @Override
        public long connections() {
            return Long.parseLong(ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'eventstream'"));
        }

        private String ask(String sql) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                return result.next() ? String.valueOf(result.getString(1)) : "";
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** A notification holds less than 8000 bytes, so that these come in many, of two senders at once. */
    @Test
    void largeEventsOfTwoNodesAreKeptApart() {
        RealMember first = member();
        RealMember second = member();
        RealMember third = member();
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String ones = "1é".repeat(200_000);
        String twos = "2\uD83D\uDE00".repeat(100_000);
        first.cluster.publish("c", "message", Set.of(), ones);
        third.cluster.publish("c", "message", Set.of(), twos);

        await().untilAsserted(() -> assertThat(far.seen()).containsExactlyInAnyOrder(ones, twos));
    }

    /** Nothing ends the connection, but the heartbeats do not come any more. */
    @Test
    void aConnectionThatIsSilentForTooLongIsGivenUp() {
        member();
        awaitConnected();
        server.freeze();

        await().atMost(40, TimeUnit.SECONDS).until(() -> outages().entries().contains("WARNING"));
        server.thaw();
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(outages().entries()).contains("INFO"));
    }

    @Test
    void aDatabaseThatIsNotThereIsTold() {
        var transport =
                new PostgresqlTransport(new PostgresqlSettings(url.replace("/meeting?", "/none?"), "events", LIMIT));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transport.publish("hello"))
                .havingCause()
                .withMessageContaining("database \"none\" does not exist");
        transport.close();
    }
}
