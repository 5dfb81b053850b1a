package io.eventstream.it;

import io.eventstream.testapp.PostgresWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.Nightly;
import io.eventstream.testing.OwnServer;
import io.eventstream.testing.PostgresServer;
import java.util.Random;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that is killed while many send and listen, and started again. */
@ExtendWith(DatabaseExtension.class)
class ServerCrashIT {

    private static final String APPLICATION = "crash";
    private static final int CLIENTS = 5;
    /** Acknowledgements of each sender before the server is killed. */
    private static final int MOST = 100;

    private final PostgresServer postgres;

    ServerCrashIT(PostgresServer postgres) {
        this.postgres = postgres;
    }

    @Test
    void losesRepeatsAndReordersNothing() {
        run("one", 1);
    }

    @Test
    @Nightly
    void losesRepeatsAndReordersNothingInFiveRounds() {
        run("five", 5);
    }

    private void run(String name, int rounds) {
        long seed = System.nanoTime();
        System.out.println("ServerCrashIT, seed " + seed);
        var random = new Random(seed);
        var database = new BusinessDatabase(postgres.database("server_crash_" + name)).create();
        WebArchive war = PostgresWars.on(
                database.url(),
                TestWars.of(APPLICATION)
                        .with(BusinessResource.class)
                        .with("eventstream.publish.token", BusinessSender.TOKEN));
        try (var server = new OwnServer(APPLICATION + "-" + name)) {
            server.deploy(war);
            try (var traffic = new BusinessTraffic(server.at(APPLICATION), database, CLIENTS)) {
                for (int round = 0; round < rounds; round++) {
                    traffic.awaitAcknowledged(1 + random.nextInt(MOST));
                    server.kill();
                    server.restart();
                    server.deploy(war);
                }
                traffic.awaitAcknowledged(1);
                traffic.verify();
            }
        }
    }
}
