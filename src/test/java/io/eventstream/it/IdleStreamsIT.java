package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.ManyStreams;
import io.eventstream.testing.Nightly;
import io.eventstream.testing.RawHttp;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing ends a stream because nothing happens on it, whatever happens on others. */
@ContainerTest
@Isolated
class IdleStreamsIT {

    private static final int IDLE = 20;
    private static final int OTHERS = 2000;
    private static final Duration IDLE_TIME = Duration.ofSeconds(180);

    private final Container container;

    IdleStreamsIT(Container container) {
        this.container = container;
    }

    @Nightly
    @ParameterizedTest(name = "a keep-alive every {0}")
    @CsvSource({"PT20S, 8", "PT10M, 0"})
    void liveOnWhileOthersComeAndGo(String keepAlive, int leastKeepAlives) {
        try (Deployed application = container.deploy(TestWars.of("idle")
                        .with("eventstream.keep-alive", keepAlive)
                        .archive());
                var control = new Control(application.base())) {
            long start = System.nanoTime();
            List<RawHttp> idle = idleStreams(application.base());
            do {
                comeAndGo(application.base(), control);
            } while (System.nanoTime() - start < IDLE_TIME.toNanos());

            assertThat(idle).allSatisfy(client -> {
                client.readFor(Duration.ofMillis(1));
                assertThat(client.keepAlives()).isGreaterThanOrEqualTo(leastKeepAlives);
            });
            getTheirEvents(idle, control);
            idle.forEach(RawHttp::close);
        }
    }

    @Test
    void getTheirEventsAfterTwoThousandOthersHaveGone() {
        try (Deployed application = container.deploy(TestWars.of("idle")
                        .with("eventstream.keep-alive", "PT10M")
                        .archive());
                var control = new Control(application.base())) {
            List<RawHttp> idle = idleStreams(application.base());
            comeAndGo(application.base(), control);

            getTheirEvents(idle, control);
            idle.forEach(RawHttp::close);
        }
    }

    private static List<RawHttp> idleStreams(URI base) {
        return Stream.generate(() -> RawHttp.get(base, "/events?channel=idle").awaitOpen())
                .limit(IDLE)
                .toList();
    }

    private static void comeAndGo(URI base, Control control) {
        try (var others = ManyStreams.open(base, "/events?channel=others", OTHERS, 0)) {
            control.load("others", 1, "");
            assertThat(others.streams()).hasSize(OTHERS);
        }
        // Only writes show that they have gone.
        control.load("others", 3, "&perSecond=5");
    }

    /** Two: the end that was once seen came right after the first. */
    private static void getTheirEvents(List<RawHttp> idle, Control control) {
        control.send("idle", 1);
        idle.forEach(client -> client.awaitEvents(1));
        control.send("idle", 2);
        idle.forEach(client -> client.awaitEvents(2));
        assertThat(idle).noneMatch(RawHttp::ended);
    }
}
