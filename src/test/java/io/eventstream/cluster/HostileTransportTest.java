package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testing.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Three nodes, one storage, and a transport that drops, repeats, delays, reorders, cuts and stops. Time is virtual, and one
 * number decides all that happens.
 */
class HostileTransportTest {

    private static final Duration POLL = Duration.ofSeconds(2);
    private static final int NODES = 3;
    private static final int CLIENTS = 9;

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void everybodySeesAContiguousStreamSoonAfterTheFaultEnds(@ForAll long seed) {
        try (var run = new Run(seed)) {
            run.rage();
            run.calmDown();
        }
    }

    private static final class Run implements AutoCloseable {

        private final Random random;
        private final MemoryStorage storage = new MemoryStorage();
        private final Permissions permissions = new Permissions();
        private final HostileBus bus;
        private final List<ClusterMember> nodes = new ArrayList<>();
        private final List<FollowingClient> clients = new ArrayList<>();
        private int sent;

        Run(long seed) {
            random = new Random(seed);
            bus = new HostileBus(random);
            for (int i = 0; i < NODES; i++) {
                nodes.add(new ClusterMember(i, storage, permissions, bus, POLL, random.nextInt(4) == 0));
            }
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new FollowingClient(i % 3 == 0 ? "bob" : "ann", channels(i)));
            }
        }

        private static String[] channels(int client) {
            return switch (client % 3) {
                case 0 -> new String[] {"a"};
                case 1 -> new String[] {"a", "b"};
                default -> new String[] {"unrel"};
            };
        }

        private ClusterMember anyNode() {
            return nodes.get(random.nextInt(nodes.size()));
        }

        void rage() {
            pass(Duration.ofMillis(50));
            clients.forEach(client -> client.connect(anyNode()));
            bus.rage();
            int steps = 20 + random.nextInt(100);
            for (int i = 0; i < steps; i++) {
                something();
                pass(Duration.ofMillis(1 + random.nextInt(200)));
            }
        }

        private void something() {
            switch (random.nextInt(40)) {
                case 0 -> bus.stop(Duration.ofMillis(random.nextInt(60_000)));
                case 1 -> bus.cut(anyNode());
                case 2 -> bus.connectAgain(anyNode());
                case 3, 4 -> clients.get(random.nextInt(clients.size())).comeBack(anyNode());
                case 5 -> bus.garbage("{\"format\":2}");
                case 6 -> pass(Duration.ofMillis(random.nextInt(20_000)));
                case 7 -> {
                    if (permissions.revoke("bob", "a")) {
                        anyNode().permissionChanged("bob", "a");
                    }
                }
                default -> send(1 + random.nextInt(6));
            }
        }

        private void send(int count) {
            for (int i = 0; i < count; i++) {
                ClusterMember node = anyNode();
                switch (random.nextInt(3)) {
                    case 0 -> node.live("unrel");
                    case 1 -> node.store("a", "a" + sent++);
                    default -> node.store("b", "b" + sent++);
                }
            }
        }

        private void pass(Duration time) {
            bus.pass(time);
            nodes.forEach(node -> node.pass(time));
        }

        void calmDown() {
            bus.calm();
            send(random.nextBoolean() ? 10 : 0);
            // In short steps, since nodes tell each other nothing within one.
            for (long left = POLL.plusSeconds(1).toMillis(); left > 0; left -= 50) {
                pass(Duration.ofMillis(50));
            }
            clients.forEach(client -> client.requireAll(storage));
            if (permissions.areRevoked()) {
                assertThat(clients)
                        .allSatisfy(client ->
                                assertThat(client.mayStay(permissions)).isTrue());
            }
            theTransportIsFastAgain();
        }

        private void theTransportIsFastAgain() {
            nodes.forEach(node -> node.live("unrel"));
            nodes.get(0).store("a", "a" + sent++);
            nodes.get(1).store("b", "b" + sent++);
            pass(Duration.ofMillis(50));
            pass(Duration.ofMillis(50));

            clients.forEach(client -> client.requireAll(storage));
            clients.forEach(client -> client.requireNewest(nodes));
        }

        @Override
        public void close() {
            nodes.forEach(ClusterMember::close);
        }
    }
}
