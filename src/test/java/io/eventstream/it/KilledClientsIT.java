package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.Places;
import io.eventstream.testing.RawHttp;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that die do not stay. Time is counted in the keep-alives that a client which lives on has read. */
@ContainerTest
class KilledClientsIT {

    private static final int CLIENTS = 6;
    private static final int KEEP_ALIVES_IN_STALL_LIMIT = 3;

    enum Death {
        CLOSED(RawHttp::close),
        RESET(RawHttp::reset),
        /** It only reads no more, as a process that was suspended, or a machine without power. */
        SUSPENDED(client -> {});

        private final Consumer<RawHttp> kill;

        Death(Consumer<RawHttp> kill) {
            this.kill = kill;
        }
    }

    private final Container container;
    private Deployed application;
    private URI base;

    KilledClientsIT(Container container) {
        this.container = container;
    }

    @BeforeEach
    void start() {
        application = container.deploy(TestWars.of("killed")
                .with("eventstream.max-subscribers", Integer.toString(CLIENTS + 1))
                .with("eventstream.keep-alive", "PT1S")
                .with("eventstream.stall-limit", "PT" + KEEP_ALIVES_IN_STALL_LIMIT + "S")
                .archive());
        base = application.base();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "RESET"})
    void whileIdleAreFoundOutWithinThreeKeepAlives(Death death) {
        try (var killed = new Places(base, "/events?channel=k");
                var newcomers = new Places(base, "/events?channel=n")) {
            // The witness is the youngest, so that its keep-alives come after those of the others.
            killed.take();
            try (RawHttp witness = killed.taken().remove(CLIENTS)) {
                // All is read: a connection that is closed with data unread is reset.
                killed.taken().forEach(KilledClientsIT::awaitKeepAlive);
                awaitKeepAlive(witness);
                killed.taken().forEach(death.kill);

                int keepAlives = keepAlivesUntilAllHaveGone(witness, newcomers);
                assertThat(keepAlives).isLessThanOrEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "SUSPENDED"})
    void inTheMiddleOfAReadAreEndedAtTheStallLimit(Death death) {
        try (var control = new Control(base);
                var witness = RawHttp.get(base, "/events?channel=w").awaitOpen();
                var killed = new Places(base, "/events?channel=k");
                var newcomers = new Places(base, "/events?channel=n")) {
            assertThat(killed.take()).isEqualTo(CLIENTS);
            // More than sockets and the server take on before the node feels that nobody reads.
            control.load("k", 600, "&size=65536&perSecond=300");
            witness.readFor(Duration.ofMillis(1));
            killed.taken().forEach(death.kill);

            int keepAlives = keepAlivesUntilAllHaveGone(witness, newcomers);
            assertThat(keepAlives).isLessThanOrEqualTo(KEEP_ALIVES_IN_STALL_LIMIT + 1);
        }
    }

    /** {@return how many keep-alives the witness has read meanwhile} */
    private static int keepAlivesUntilAllHaveGone(RawHttp witness, Places newcomers) {
        int before = witness.keepAlives();
        await("a place for each newcomer").until(() -> {
            witness.readFor(Duration.ofMillis(20));
            return newcomers.take() == CLIENTS;
        });
        return witness.keepAlives() - before;
    }

    private static void awaitKeepAlive(RawHttp client) {
        client.await("a keep-alive", () -> client.keepAlives() > 0);
    }
}
