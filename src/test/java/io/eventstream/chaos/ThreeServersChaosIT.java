package io.eventstream.chaos;

import io.eventstream.testing.ClusterTest;
import io.eventstream.testing.Nightly;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Three nodes, one of each server: every kind of fault in turn, again and again, while many send and listen. */
@ClusterTest
@Nightly
class ThreeServersChaosIT {

    private static final List<String> KINDS = List.of("payara-micro", "wildfly", "liberty");
    private static final Duration LENGTH = Duration.parse(System.getProperty("chaos.duration", "PT10M"));
    private static final int CLIENTS = 200;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final Duration HANGS = Duration.ofSeconds(20);

    @Test
    void loseRepeatAndReorderNothingWhateverFails() {
        try (var cluster = new Cluster(KINDS);
                var traffic = new Traffic(cluster.bases(), CLIENTS, PAUSE)) {
            var command = "mvn verify -Pcluster,nightly -Dit.test=ThreeServersChaosIT -Dchaos.duration=" + LENGTH;
            var chaos = new Chaos(
                    cluster, traffic, new Report(command, "three nodes on Payara Micro, WildFly and Open Liberty"));
            // Node after node, so that each has met each fault after three rounds.
            for (int round = 0; !chaos.hasLasted(LENGTH); round++) {
                faults(cluster, cluster.nodes().get(round % KINDS.size()))
                        .takeWhile(fault -> !chaos.hasLasted(LENGTH))
                        .forEach(chaos::suffer);
            }
            chaos.finish();
        }
    }

    private static Stream<Fault> faults(Cluster cluster, Node node) {
        return Stream.of(
                Fault.killed(node, AWAY),
                Fault.brokerKilled(cluster, AWAY),
                Fault.databaseKilled(cluster, AWAY),
                Fault.cutOff(node, HANGS),
                Fault.frozen(node, HANGS));
    }
}
