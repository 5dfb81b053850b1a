package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.StorageUnavailableException;
import io.eventstream.contract.StorageUnderTest.BusinessTransaction;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.PostgresServer;
import io.eventstream.testing.WithoutServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with so many channels that it asks PostgreSQL for what is new, and not for all of them. */
@WithoutServer
@ExtendWith(DatabaseExtension.class)
class PostgresqlRecentHeadsIT {

    private static final String PREFIX = "recent-";
    private static final List<String> CHANNELS =
            IntStream.range(0, RecentHeads.MANY + 100).mapToObj(i -> PREFIX + i).toList();

    private final PostgresServer server;

    PostgresqlRecentHeadsIT(PostgresServer server) {
        this.server = server;
    }

    private static JpaNodes nodes(PostgresServer server, String provider, String test) {
        var nodes = new JpaNodes(
                new JpaUnit(provider, server.database("recent_" + test + "_" + provider), SchemaSource.SCRIPT));
        append(nodes, CHANNELS);
        return nodes;
    }

    private static void append(JpaNodes nodes, List<String> channels) {
        nodes.node(0)
                .append(channels.stream().map(PostgresqlRecentHeadsIT::message).toList());
    }

    private static EncodedMessage message(String channel) {
        return new EncodedMessage(channel, "message", "1", Set.of());
    }

    /** Asks a first time, when all are compared. */
    private static Map<String, ChannelHead> known(JpaNodes nodes) {
        Map<String, ChannelHead> known = nodes.node(1).heads(CHANNELS);
        assertThat(nodes.node(1).changedHeads(known)).isEmpty();
        return known;
    }

    private static int execute(JpaNodes nodes, String sql) {
        return nodes.transactions(0).own(em -> em.createNativeQuery(sql).executeUpdate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eclipselink", "hibernate"})
    void isToldOfAHeadUntilItIsKnown(String provider) {
        try (var nodes = nodes(server, provider, "until_known")) {
            Map<String, ChannelHead> known = new HashMap<>(known(nodes));
            append(nodes, List.of(PREFIX + 1, PREFIX + 2));
            nodes.age(PREFIX + 2, 1, Duration.ofDays(2));
            nodes.node(0).purge(name -> name.equals(PREFIX + 2) ? Duration.ofDays(1) : Duration.ofDays(365));

            for (int poll = 0; poll < 3; poll++) {
                assertThat(nodes.node(1).changedHeads(known))
                        .hasSize(2)
                        .isEqualTo(nodes.node(2).heads(List.of(PREFIX + 1, PREFIX + 2)));
            }
            known.putAll(nodes.node(1).changedHeads(known));
            assertThat(nodes.node(1).changedHeads(known)).isEmpty();

            append(nodes, List.of(PREFIX + 2));
            assertThat(nodes.node(1).changedHeads(known)).containsOnlyKeys(PREFIX + 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eclipselink", "hibernate"})
    void isToldOfWhatIsCommittedAfterOthersThatWereBegunLater(String provider) {
        try (var nodes = nodes(server, provider, "late")) {
            Map<String, ChannelHead> known = known(nodes);
            try (BusinessTransaction late = nodes.begin(0)) {
                late.run(() -> nodes.transactions(0)
                        .joined(em -> em.createNativeQuery(
                                        "UPDATE eventstream_channel SET head = head + 1 WHERE channel = 'recent-7'")
                                .executeUpdate()));
                nodes.node(2).append(List.of(message(PREFIX + 8)));
                assertThat(nodes.node(1).changedHeads(known)).containsOnlyKeys(PREFIX + 8);
                nodes.node(2).append(List.of(message(PREFIX + 9)));
                assertThat(nodes.node(1).changedHeads(known)).containsOnlyKeys(PREFIX + 8, PREFIX + 9);
                late.commit();
            }

            assertThat(nodes.node(1).changedHeads(known)).containsOnlyKeys(PREFIX + 7, PREFIX + 8, PREFIX + 9);
        }
    }

    @Test
    void isToldOfChannelsThatItDidNotAskForBefore() {
        try (var nodes = nodes(server, "eclipselink", "new")) {
            Map<String, ChannelHead> known = new HashMap<>(known(nodes));
            var early = new ChannelHead(0, 1, known.get(PREFIX + 1).born());
            append(nodes, List.of("new", PREFIX + 3));
            assertThat(nodes.node(1).changedHeads(known)).containsOnlyKeys(PREFIX + 3);

            known.put("new", early);

            assertThat(nodes.node(1).changedHeads(known)).containsOnlyKeys(PREFIX + 3, "new");
            known.remove("new");
            append(nodes, List.of("new"));
            assertThat(nodes.node(1).changedHeads(known)).containsOnlyKeys(PREFIX + 3);
            known.put("new", early);
            assertThat(nodes.node(1).changedHeads(known).get("new").newest()).isEqualTo(2);
        }
    }

    @Test
    void isToldOfAGenerationThatBegins() {
        try (var nodes = nodes(server, "eclipselink", "generation")) {
            Map<String, ChannelHead> known = known(nodes);

            nodes.node(0).raiseGeneration(1);

            assertThat(nodes.node(1).changedHeads(known))
                    .isEqualTo(nodes.node(2).heads(CHANNELS));
        }
    }

    @Test
    void isToldAtTheNextComparisonOfARowThatSomebodyHasDeleted() {
        try (var nodes = nodes(server, "eclipselink", "deleted")) {
            Map<String, ChannelHead> known = known(nodes);
            execute(nodes, "DELETE FROM eventstream_channel WHERE channel = 'recent-7'");

            List<Integer> told = new ArrayList<>();
            for (int poll = 1; poll <= RecentHeads.POLLS_OF_A_COMPARISON; poll++) {
                told.add(nodes.node(1).changedHeads(known).size());
            }

            assertThat(told).containsOnly(0, 1).startsWith(0).endsWith(1);
        }
    }

    @Test
    void isToldAtOnceByAServerThatHasStartedAgain() {
        try (var own = new PostgresServer();
                var nodes = nodes(own, "eclipselink", "restarted")) {
            Map<String, ChannelHead> known = known(nodes);
            execute(nodes, "DELETE FROM eventstream_channel WHERE channel = 'recent-7'");
            own.crash();
            own.restart();

            Map<String, ChannelHead> first = await().ignoreException(StorageUnavailableException.class)
                    .until(() -> nodes.node(1).changedHeads(known), answer -> true);

            assertThat(first).containsOnlyKeys(PREFIX + 7);
        }
    }

    @Test
    void looksUpItsOwnChannelsInATableThatIsMuchLarger() {
        try (var nodes = nodes(server, "eclipselink", "large")) {
            Map<String, ChannelHead> known = known(nodes);
            execute(
                    nodes,
                    "INSERT INTO eventstream_channel SELECT 'other-' || n, 1, 0, 0, 0, 0 FROM generate_series(1, 20000) n");
            append(nodes, List.of(PREFIX + 7, "other-7"));
            assertThat(nodes.node(1).changedHeads(known)).containsOnlyKeys(PREFIX + 7);

            // All are compared: what is deleted is noticed.
            execute(nodes, "DELETE FROM eventstream_channel WHERE channel = 'recent-8'");

            assertThat(nodes.node(1).changedHeads(known)).containsOnlyKeys(PREFIX + 7, PREFIX + 8);
        }
    }
}
