package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.broadcast.RealNode;
import io.eventstream.config.PostgresqlSettings;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.PostgresServer;
import io.eventstream.testing.WithoutServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The transport on a real PostgreSQL, which crashes, hangs and starts again. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@WithoutServer
@ResourceLock(LogEntries.OF_OUTAGES)
class PostgresqlTransportIT {

    private final PostgresServer server = new PostgresServer();
    private final String url = server.database("meeting");
    private final Permissions permissions = new Permissions();
    private final List<RealMember> members = new ArrayList<>();
    private final LogEntries outages = LogEntries.of(TransportOutage.class);
    private final LogEntries skipped = LogEntries.of(Connected.class);

    @AfterEach
    void end() {
        members.forEach(RealMember::close);
        server.close();
        outages.close();
        skipped.close();
    }

    private RealMember member(Optional<MemoryStorage> storage, String topic) {
        var member = new RealMember(
                storage,
                Optional.of(new PostgresqlTransport(new PostgresqlSettings(url, topic))),
                permissions,
                "eventstream.storage.poll",
                "PT1H");
        members.add(member);
        return member;
    }

    private void awaitConnected() {
        await().atMost(20, TimeUnit.SECONDS).until(() -> members.stream().allMatch(RealMember::isConnected));
    }

    private static void awaitSeen(RealNode.Client client, String... seen) {
        await().untilAsserted(() -> assertThat(client.seen()).containsExactly(seen));
    }

    private static void live(RealMember from, String data) {
        from.cluster.publish("c", "message", Set.of(), data);
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }

    @Test
    void nodesHearEachOtherInOrder() {
        RealMember first = member(Optional.empty(), "events");
        RealMember second = member(Optional.empty(), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String[] all =
                IntStream.range(0, 2000).mapToObj(i -> i + " é\uD83D\uDE00").toArray(String[]::new);
        for (String data : all) {
            live(first, data);
        }

        awaitSeen(far, all);
    }

    @Test
    void applicationsOnOtherTopicsDoNotHearEachOther() {
        RealMember first = member(Optional.empty(), "Events.of-us");
        RealMember stranger = member(Optional.empty(), "events.of-us");
        RealMember second = member(Optional.empty(), "Events.of-us");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        live(stranger, "foreign");
        live(first, "ours");

        awaitSeen(far, "ours");
    }

    /** Although a notification holds less than 8000 bytes. */
    @Test
    void largeEventsGoAsTheyAre() {
        RealMember first = member(Optional.empty(), "events");
        RealMember second = member(Optional.empty(), "events");
        RealMember third = member(Optional.empty(), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String ones = "1é".repeat(200_000);
        String twos = "2\uD83D\uDE00".repeat(100_000);
        live(first, ones);
        live(third, twos);

        await().untilAsserted(() -> assertThat(far.seen()).containsExactlyInAnyOrder(ones, twos));
    }

    @Test
    void whatIsTooLargeForATextIsReadFromTheStorage() {
        var storage = new MemoryStorage();
        RealMember first = member(Optional.of(storage), "events");
        RealMember second = member(Optional.of(storage), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String large = "x".repeat(2 << 20);
        first.store("c", large);

        awaitSeen(far, large);
    }

    @Test
    void notificationsOfOthersArePassedOver() throws SQLException {
        RealMember first = member(Optional.empty(), "events");
        RealMember second = member(Optional.empty(), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        ask("SELECT pg_notify('events', 'hello')");
        ask("SELECT pg_notify('events', '1/2:hello')");
        live(first, "after");

        awaitSeen(far, "after");
        await().untilAsserted(() -> assertThat(skipped.entries()).contains("WARNING"));
    }

    @Test
    void afterACrashTheyMeetAgainAndNothingThatIsStoredIsMissing() {
        var storage = new MemoryStorage();
        RealMember first = member(Optional.of(storage), "events");
        RealMember second = member(Optional.of(storage), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        RealNode.Client farLive = second.node.listen("ann", "unrel");
        first.store("c", "1");
        awaitSeen(far, "1");
        server.crash();
        first.store("c", "2");
        await().until(() -> outages.entries().contains("WARNING"));
        first.store("c", "3");
        server.restart();
        awaitConnected();

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(far.seen()).containsExactly("1", "2", "3"));
        await().untilAsserted(() -> assertThat(farLive.seen()).contains("stream-reset"));
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(outages.entries()).contains("INFO"));
    }

    /** Nothing ends the connection, but the heartbeats do not come any more. */
    @Test
    void aConnectionThatIsSilentForTooLongIsGivenUp() {
        member(Optional.empty(), "events");
        awaitConnected();
        server.freeze();

        await().atMost(40, TimeUnit.SECONDS).until(() -> outages.entries().contains("WARNING"));
        server.thaw();
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(outages.entries()).contains("INFO"));
    }

    @Test
    void anIdleConnectionIsKept() {
        RealMember first = member(Optional.empty(), "events");
        RealMember second = member(Optional.empty(), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        await().pollDelay(17, TimeUnit.SECONDS).atMost(30, TimeUnit.SECONDS).until(() -> true);
        live(first, "after");

        awaitSeen(far, "after");
        assertThat(outages.entries()).isEmpty();
    }

    @Test
    void nothingIsLeftOfItAfterItsEnd() {
        RealMember first = member(Optional.empty(), "events");
        awaitConnected();
        first.close();

        await().untilAsserted(() -> assertThat(first.threads()).noneMatch(Thread::isAlive));
        await().untilAsserted(() -> assertThat(
                        ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'eventstream'"))
                .isEqualTo("0"));
        assertThat(outages.entries()).isEmpty();
    }

    @Test
    void aDatabaseThatIsNotThereIsTold() {
        var transport = new PostgresqlTransport(new PostgresqlSettings(url.replace("/meeting?", "/none?"), "events"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transport.publish("hello"))
                .havingCause()
                .withMessageContaining("database \"none\" does not exist");
        transport.close();
    }
}
