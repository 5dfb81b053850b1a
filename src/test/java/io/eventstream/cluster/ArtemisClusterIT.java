package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.broadcast.RealNode;
import io.eventstream.config.JmsSettings;
import io.eventstream.testing.ArtemisBroker;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.WithoutServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Nodes that know both brokers of a cluster, of which one ends while events are stored, and then the other. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@WithoutServer
@ResourceLock(LogEntries.OF_OUTAGES)
class ArtemisClusterIT {

    private static final String LAST = "the last one";

    private final List<ArtemisBroker> brokers = ArtemisBroker.startTwo();
    private final MemoryStorage storage = new MemoryStorage();
    private final Permissions permissions = new Permissions();
    private final LogEntries outages = LogEntries.of(TransportOutage.class);
    private final RealMember first = member();
    private final RealMember second = member();
    private int stored;

    @AfterEach
    void end() {
        first.close();
        second.close();
        brokers.forEach(ArtemisBroker::close);
        outages.close();
    }

    private RealMember member() {
        String both = "(" + brokers.get(0).url() + "," + brokers.get(1).url() + ")";
        var settings = new JmsSettings("", both, "events", "");
        return new RealMember(
                Optional.of(storage),
                Optional.of(JmsFactories.transport(settings)),
                permissions,
                "eventstream.storage.poll",
                "PT1S");
    }

    /** By channels that are not reliable, which go by the transport alone. */
    private void awaitMet() {
        awaitHears(first, second);
        awaitHears(second, first);
    }

    private static void awaitHears(RealMember from, RealMember to) {
        RealNode.Client far = to.node.listen("ann", "unrel");
        await().atMost(30, TimeUnit.SECONDS)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    from.cluster.publish("unrel", "message", Set.of(), LAST);
                    return far.seen().contains(LAST);
                });
    }

    private void storeSome() {
        for (int i = 0; i < 50; i++) {
            (i % 2 == 0 ? first : second).store("c", String.valueOf(stored));
            stored++;
        }
    }

    @Test
    void losesNothingThatIsStoredWhenABrokerEnds() {
        awaitMet();
        RealNode.Client near = first.node.listen("ann", "c");
        RealNode.Client far = second.node.listen("ann", "c");
        for (ArtemisBroker broker : brokers) {
            storeSome();
            broker.stop();
            storeSome();
            awaitMet();
            storeSome();
            broker.restart();
            awaitMet();
        }
        String[] all = IntStream.range(0, stored).mapToObj(String::valueOf).toArray(String[]::new);

        await().untilAsserted(() -> assertThat(near.seen()).containsExactly(all));
        await().untilAsserted(() -> assertThat(far.seen()).containsExactly(all));
    }
}
