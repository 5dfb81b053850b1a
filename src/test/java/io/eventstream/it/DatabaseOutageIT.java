package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.it.BusinessSender.Outcome;
import io.eventstream.testapp.PostgresWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Nightly;
import io.eventstream.testing.OwnServer;
import io.eventstream.testing.PostgresServer;
import io.eventstream.testing.Wars;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A database that fails for a while under an application whose senders and clients go on. */
class DatabaseOutageIT {

    private static final String APPLICATION = "outage";
    private static final int CLIENTS = 5;
    /** Some polls, one of which a persistence provider may be repeating with pauses. */
    private static final Duration POLLS = Duration.ofSeconds(20);

    /**
     * What a test does to the database, and for how long.
     *
     * @param parameters of the driver
     */
    private record Outage(
            String name,
            String parameters,
            Consumer<PostgresServer> begin,
            Consumer<PostgresServer> end,
            Duration length) {}

    /**
     * What a sender was told from shortly before an outage until its end.
     *
     * @param early how many came before all processes of the database were stopped
     */
    private record During(List<Outcome> outcomes, int early) {

        List<Outcome> sinceItBegan() {
            return outcomes.subList(early, outcomes.size());
        }
    }

    private static Outage crash(String name, Duration length) {
        return new Outage(name, "", PostgresServer::crash, PostgresServer::restart, length);
    }

    private static Outage hang(String name, String parameters) {
        return new Outage(name, parameters, PostgresServer::freeze, PostgresServer::thaw, Duration.ofSeconds(20));
    }

    @Test
    void isToldToSendersAndSurvivedByStreams() {
        runAndVerifyThatItIsTold(crash("short", Duration.ofSeconds(5)));
    }

    @Test
    @Nightly
    void isToldToSendersAndSurvivedByStreamsForHalfAMinute() {
        runAndVerifyThatItIsTold(crash("long", Duration.ofSeconds(30)));
    }

    @Test
    @Nightly
    void isToldWhereTheDatabaseHangsAndTheDriverHasALimit() {
        // WildFly's pool spends it four times, for the statement, another connection and two attempts at a new one,
        // before it says no.
        runAndVerifyThatItIsTold(hang("hangs", "&socketTimeout=3"));
    }

    /** Nobody can tell a database that hangs from a slow one. */
    @Test
    @Nightly
    void isWaitedForWhereTheDatabaseHangsAndTheDriverHasNoLimit() {
        run(
                hang("hangs-without-limit", ""),
                (sender, during) -> {
                    assertThat(during.outcomes).allMatch(Outcome::acknowledged);
                    assertThat(during.sinceItBegan()).hasSizeLessThanOrEqualTo(1);
                },
                logged -> assertThat(logged).isEmpty());
    }

    private static void runAndVerifyThatItIsTold(Outage outage) {
        run(
                outage,
                DatabaseOutageIT::verifyFailures,
                logged -> assertThat(logged)
                        .satisfiesExactly(
                                entry -> assertThat(entry).contains("WARN", "The storage of events fails"),
                                entry -> assertThat(entry).contains("INFO", "The storage of events works again")));
    }

    private static void run(
            Outage outage, BiConsumer<BusinessSender, During> verifyOutcomes, Consumer<List<String>> verifyLog) {
        try (var postgres = new PostgresServer();
                var server = new OwnServer(APPLICATION + "-" + outage.name)) {
            var database = new BusinessDatabase(postgres.database(APPLICATION)).create();
            deploy(server, database.url() + outage.parameters);
            try (var traffic = new BusinessTraffic(server.at(APPLICATION), database, CLIENTS)) {
                traffic.awaitAcknowledged(20);
                long logEnd = server.log().end();
                List<Integer> before = outcomes(traffic);

                outage.begin.accept(postgres);
                List<Integer> begun = outcomes(traffic);
                List<Integer> after;
                try {
                    await("an outage that no stream ends in")
                            .during(outage.length)
                            .atMost(outage.length.plusSeconds(10))
                            .until(() -> traffic.clients().stream().allMatch(client -> client.opened() == 1));
                    after = outcomes(traffic);
                } finally {
                    // Or senders would wait for ever, and with them the end of a test that failed.
                    outage.end.accept(postgres);
                }
                traffic.awaitAcknowledged(20);

                for (int i = 0; i < traffic.senders().size(); i++) {
                    BusinessSender sender = traffic.senders().get(i);
                    verifyOutcomes.accept(
                            sender,
                            new During(
                                    sender.outcomes().subList(before.get(i), after.get(i)),
                                    begun.get(i) - before.get(i)));
                }
                traffic.verify();
                assertThat(traffic.clients()).allMatch(client -> client.opened() == 1);
                // Told by the poll that begins after the last failure.
                await("the log")
                        .atMost(POLLS)
                        .untilAsserted(() -> verifyLog.accept(ours(server.log().since(logEnd))));
            }
        }
    }

    /** On a datasource of the server's where one of the application's own would not recover, whoever uses it. */
    private static void deploy(OwnServer server, String url) {
        Wars application = TestWars.of(APPLICATION)
                .with(BusinessResource.class)
                .with("eventstream.publish.token", BusinessSender.TOKEN)
                // Or a PostgreSQL that hangs for longer ends a transaction that it stopped in, once it goes on.
                .with("eventstream.postgresql.lock-limit", "PT1H");
        server.deploy(server.defineDatasource(url)
                .map(datasource -> PostgresWars.onDatasource(datasource, application))
                .orElseGet(() -> PostgresWars.on(url, application)));
    }

    private static List<Integer> outcomes(BusinessTraffic traffic) {
        return traffic.senders().stream()
                .map(sender -> sender.outcomes().size())
                .toList();
    }

    /** Senders know that nothing was sent, but for those whose commit was on its way. */
    private static void verifyFailures(BusinessSender sender, During during) {
        List<Outcome> failures = during.outcomes.stream()
                .filter(outcome -> !outcome.acknowledged())
                .toList();
        if (sender.isOverHttp()) {
            assertThat(failures)
                    .anyMatch(DatabaseOutageIT::isUnavailable)
                    .allMatch(outcome -> isUnavailable(outcome) || isUnknown(outcome));
        } else {
            assertThat(failures)
                    .anyMatch(
                            outcome -> outcome.status() == 503 && outcome.text().equals("StorageUnavailableException"))
                    .allMatch(outcome -> outcome.status() >= 500);
        }
    }

    private static boolean isUnavailable(Outcome outcome) {
        return outcome.status() == 503
                && outcome.retryAfter().equals("5")
                && outcome.text().contains("storage-unavailable");
    }

    private static boolean isUnknown(Outcome outcome) {
        return outcome.status() == 504 && outcome.text().contains("outcome-unknown");
    }

    /** What the library has logged: the first line of an entry names the logger, but not on Open Liberty. */
    private static List<String> ours(List<String> entries) {
        return entries.stream()
                .filter(entry -> entry.lines()
                        .findFirst()
                        .orElse("")
                        .matches(".*(\\[io\\.eventstream\\.|The storage of events).*"))
                .toList();
    }
}
