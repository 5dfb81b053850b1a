package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.spi.EncodedMessage;
import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.PostgresServer;
import io.eventstream.testing.WithoutServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that hangs while it holds the counter for which all others wait. */
@WithoutServer
@ExtendWith(DatabaseExtension.class)
@Timeout(60)
class PostgresqlHangingNodeIT {

    private final PostgresServer server;

    PostgresqlHangingNodeIT(PostgresServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"eclipselink", "hibernate"})
    void holdsUpTheOthersNoLongerThanTheLimit(String provider) throws Exception {
        var unit = new JpaUnit(provider, server.database("hanging_" + provider), SchemaSource.SCRIPT);
        var message = new EncodedMessage("a", "message", "1", Set.of());
        var holds = new CountDownLatch(1);
        var hangs = new CountDownLatch(1);
        try (var nodes = new JpaNodes(unit)) {
            nodes.node(1).append(List.of(message));
            CompletableFuture<Void> hanging = CompletableFuture.runAsync(
                    () -> nodes.transactions(0).own(em -> {
                        var numbering = new Numbering(em, Database.of(em), Duration.ofSeconds(1));
                        assertThat(numbering.lock(Map.of("a", 1))).isTrue();
                        holds.countDown();
                        awaitEnd(hangs);
                        return numbering.insert(List.of(message));
                    }),
                    run -> new Thread(run).start());
            holds.await();

            assertThat(nodes.node(1).append(List.of(message)).own())
                    .singleElement()
                    .satisfies(event -> assertThat(event.number()).isEqualTo(2));
            hangs.countDown();
            assertThat(hanging).failsWithin(Duration.ofSeconds(10));
            assertThat(nodes.node(1).after("a", 0, 10)).hasSize(2);
        }
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
