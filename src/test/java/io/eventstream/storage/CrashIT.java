package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.contract.Pages;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.Nightly;
import io.eventstream.testing.PostgresServer;
import io.eventstream.testing.WithoutServer;
import java.io.BufferedReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Senders that are killed at every point, and what is stored afterwards. */
@WithoutServer
@ExtendWith(DatabaseExtension.class)
class CrashIT {

    private final String url;

    CrashIT(PostgresServer server) {
        this.url = server.database("crash");
    }

    @Test
    void losesAndRepeatsNothing() throws Exception {
        run(10);
    }

    @Test
    @Nightly
    void losesAndRepeatsNothingInManyRounds() throws Exception {
        run(200);
    }

    private void run(int rounds) throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var nodes = new JpaNodes(new JpaUnit("eclipselink", url, SchemaSource.SCRIPT))) {
            for (int i = 0; i < rounds; i++) {
                CrashPoint point = CrashPoint.values()[i % CrashPoint.values().length];
                int times = 1 + random.nextInt(150);
                String round = "round" + seed + "-" + i;
                Set<String> acknowledged = crash(round, point, times);
                verify(nodes.node(0), round, acknowledged, point + " after " + times);
            }
        }
    }

    /** {@return what was acknowledged before the end} */
    private Set<String> crash(String round, CrashPoint point, int times) throws Exception {
        Process sender = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingSender.class.getName(),
                        "eclipselink",
                        url,
                        round,
                        point.name(),
                        Integer.toString(times))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = sender.inputReader()) {
            assertThat(output.readLine()).as("the sender's output").isEqualTo(CrashingSender.READY);
            if (point == CrashPoint.ANY_MOMENT) {
                // Not by the process, which would close its output along, with what was not read yet.
                CompletableFuture.delayedExecutor(10L * times, TimeUnit.MILLISECONDS)
                        .execute(() -> sender.toHandle().destroyForcibly());
            }
            return output.lines()
                    .filter(line -> line.startsWith(CrashingSender.ACKNOWLEDGED))
                    .map(line -> line.substring(CrashingSender.ACKNOWLEDGED.length()))
                    .collect(Collectors.toSet());
        } finally {
            sender.destroyForcibly();
            assertThat(sender.waitFor()).as("killed").isEqualTo(128 + 9);
        }
    }

    private static void verify(EventStorage storage, String round, Set<String> acknowledged, String crash) {
        storage.number(storage.unnumbered(), Integer.MAX_VALUE);
        assertThat(storage.unnumbered()).as(crash).isEmpty();
        Set<String> stored = new HashSet<>();
        for (String channel : CrashingSender.channels(round)) {
            List<StoredEvent> events = Pages.all(storage, channel);
            assertThat(events).as(crash).allMatch(event -> stored.add(event.data()), "is there once");
            verifyOrder(events, crash);
        }
        assertThat(stored).as(crash).containsAll(acknowledged);
        Map<String, Integer> parts = new HashMap<>();
        stored.forEach(data -> parts.merge(data.substring(0, data.lastIndexOf('/')), 1, Integer::sum));
        assertThat(parts)
                .as(crash)
                .allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(CrashingSender.PARTS));
    }

    /** One thread's messages are in the order of their counts and parts. */
    private static void verifyOrder(List<StoredEvent> events, String crash) {
        Map<String, Integer> last = new HashMap<>();
        for (StoredEvent event : events) {
            String[] name = event.data().split("/");
            int order = Integer.parseInt(name[2]) * CrashingSender.PARTS + Integer.parseInt(name[3]);
            Integer before = last.put(name[1], order);
            assertThat(order).as("%s, %s", crash, event).isGreaterThan(before == null ? -1 : before);
        }
    }
}
