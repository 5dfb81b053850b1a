package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.ManyStreams;
import io.eventstream.testing.StreamOfNumbers;
import io.eventstream.testing.Wars;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many events at once, to clients that read as fast as they can. */
@ContainerTest
@Isolated
class BurstIT {

    private static final int EVENTS = 10_000;
    private static final int STREAMS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Container container;

    BurstIT(Container container) {
        this.container = container;
    }

    @Test
    void nothingIsLostRepeatedOrReorderedWhereTheTailHoldsIt() {
        burst(
                TestWars.of("burst")
                        .with("eventstream.tail.events", "20000")
                        .with("eventstream.tail.bytes", "16777216"),
                (many, control) -> {
                    await().atMost(PATIENCE)
                            .until(() -> many.streams().stream().allMatch(stream -> stream.received() >= EVENTS));
                    assertThat(many.streams())
                            .allSatisfy(stream -> assertThat(stream.received()).isEqualTo(EVENTS))
                            .allSatisfy(stream -> assertThat(stream.resets()).isZero())
                            .noneMatch(StreamOfNumbers::broken);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "50"})
    void whatTheTailCannotHoldIsToldByAReset(String tailEvents) {
        burst(TestWars.of("burst-" + tailEvents).with("eventstream.tail.events", tailEvents), (many, control) -> {
            // A reset covers all events up to it, so who still lags gets the first that comes after he has caught up.
            var next = new AtomicInteger(EVENTS);
            await().atMost(PATIENCE).untilAsserted(() -> {
                control.load("burst", 1, "&first=" + next.incrementAndGet());
                assertThat(many.streams()).allMatch(stream -> stream.last() > EVENTS);
            });
            assertThat(many.streams())
                    .allSatisfy(stream -> assertThat(stream.received() > EVENTS || stream.resets() > 0)
                            .isTrue())
                    .noneMatch(StreamOfNumbers::broken);
        });
    }

    private interface Check {
        void of(ManyStreams many, Control control);
    }

    private void burst(Wars war, Check check) {
        try (var application = container.deploy(war.archive());
                var many = ManyStreams.open(application.base(), "/events?channel=burst", STREAMS, 0);
                var control = new Control(application.base())) {
            control.load("burst", EVENTS, "");
            check.of(many, control);
        }
    }
}
