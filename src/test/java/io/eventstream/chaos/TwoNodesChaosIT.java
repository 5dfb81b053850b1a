package io.eventstream.chaos;

import io.eventstream.testing.ClusterTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes, each a server's process: a node and the broker are killed while many send and listen. */
@ClusterTest
class TwoNodesChaosIT {

    private static final int CLIENTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration AWAY = Duration.ofSeconds(5);

    @Test
    void losesRepeatsAndReordersNothing() {
        String kind = System.getProperty("eventstream.it.server");
        try (var cluster = new Cluster(List.of(kind, kind));
                var traffic = new Traffic(cluster.bases(), CLIENTS, PAUSE)) {
            var report = new Report("mvn verify -Pcluster", "two nodes on " + kind);
            var chaos = new Chaos(cluster, traffic, report);
            chaos.suffer(Fault.killed(cluster.nodes().get(1), AWAY));
            chaos.suffer(Fault.brokerKilled(cluster, AWAY));
            chaos.finish();
        }
    }
}
