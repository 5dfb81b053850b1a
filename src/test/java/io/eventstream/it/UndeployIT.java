package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.ManyStreams;
import io.eventstream.testing.StreamOfNumbers;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** An application that goes leaves nothing behind. */
@ContainerTest
@Isolated
class UndeployIT {

    private static final int STREAMS = 1000;
    private static final int STALLED = 10;
    private static final int FILLING = 64 * 1024;

    private final Container container;

    UndeployIT(Container container) {
        this.container = container;
    }

    @Test
    void endsAThousandStreamsQuicklyAndLeavesNoThread() {
        int others = othersInOurCode();
        long logEnd = container.log().end();
        Deployed application = container.deploy(TestWars.of("undeployed").archive());
        try (var many = ManyStreams.open(application.base(), "/events?channel=u", STREAMS, 0);
                var control = new Control(application.base())) {
            control.load("u", 10, "");
            await().until(() -> many.streams().stream().allMatch(stream -> stream.received() == 10));
            Set<Long> threads = control.threads();
            assertThat(threads).isNotEmpty();

            long start = System.nanoTime();
            application.close();
            Duration undeploying = Duration.ofNanos(System.nanoTime() - start);

            assertThat(undeploying).isLessThan(Duration.ofSeconds(2));
            await().until(() -> many.streams().stream().allMatch(StreamOfNumbers::ended));
            await().untilAsserted(() -> assertThat(alive(threads)).isEmpty());
            await().untilAsserted(() -> assertThat(othersInOurCode()).isLessThanOrEqualTo(others));
            assertThat(container.log().problemsSince(logEnd)).isEmpty();
        }
    }

    @Test
    void storesWhatWasAcceptedAndLeavesNoThreadOfTheStorage() {
        Deployed application =
                container.deploy(TestWars.withStorage("undeployed-stored").archive());
        // From here on: Hibernate warns of tables that are there already.
        long logEnd = container.log().end();
        try (var control = new Control(application.base())) {
            control.load("u-stored", 200, "");
            assertThat(control.stored("u-stored"))
                    .hasSizeGreaterThanOrEqualTo(200)
                    .noneMatch(row -> row.startsWith("null"));
            Set<Long> threads = control.threads();
            assertThat(threads).hasSizeGreaterThan(1); // One that watches, and those of the storage.

            application.close();

            await().untilAsserted(() -> assertThat(alive(threads)).isEmpty());
            assertThat(container.log().problemsSince(logEnd)).isEmpty();
        }
    }

    @Test
    void isNotHeldUpByClientsThatDoNotRead() {
        int others = othersInOurCode();
        Set<Long> threads;
        Deployed application = container.deploy(TestWars.of("undeployed").archive());
        try (var many = ManyStreams.open(application.base(), "/events?channel=u", STREAMS, 0);
                var stalled = ManyStreams.open(application.base(), "/events?channel=s", STALLED, FILLING);
                var control = new Control(application.base())) {
            stalled.stopReading(0, STALLED);
            // More than sockets and the server take on before a write waits.
            control.load("s", 600, "&perSecond=300&size=" + FILLING);
            threads = control.threads();
            assertThat(threads).isNotEmpty();

            long start = System.nanoTime();
            application.close();
            Duration undeploying = Duration.ofNanos(System.nanoTime() - start);

            assertThat(undeploying).isLessThan(Duration.ofSeconds(2));
            await().until(() -> many.streams().stream().allMatch(StreamOfNumbers::ended));
            int held = container.stalledClientHoldsThread() ? STALLED : 0;
            await().untilAsserted(() -> assertThat(alive(threads)).hasSizeLessThanOrEqualTo(held));
        }
        await("none is held by who has gone")
                .untilAsserted(() -> assertThat(alive(threads)).isEmpty());
        await().untilAsserted(() -> assertThat(othersInOurCode()).isLessThanOrEqualTo(others));
    }

    /** {@return those that are there still; other applications on the server may begin theirs at any time} */
    private Set<Long> alive(Set<Long> threads) {
        Set<Long> alive = container.jvm().threadNumbers();
        alive.retainAll(threads);
        return alive;
    }

    /** {@return how many threads that we have not begun run code of ours} */
    private int othersInOurCode() {
        return (int) container.jvm().threads("eventstream", "io.eventstream.").stream()
                .filter(thread -> !thread.startsWith("\"eventstream-"))
                .count();
    }
}
