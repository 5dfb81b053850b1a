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
import java.util.List;
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
        List<String> before = ourThreads();
        long logEnd = container.log().end();
        Deployed application = container.deploy(TestWars.of("undeployed").archive());
        try (var many = ManyStreams.open(application.base(), "/events?channel=u", STREAMS, 0);
                var control = new Control(application.base())) {
            control.load("u", 10, "");
            await().until(() -> many.streams().stream().allMatch(stream -> stream.received() == 10));
            assertThat(ourThreads()).hasSizeGreaterThan(before.size());

            long start = System.nanoTime();
            application.close();
            Duration undeploying = Duration.ofNanos(System.nanoTime() - start);

            assertThat(undeploying).isLessThan(Duration.ofSeconds(2));
            await().until(() -> many.streams().stream().allMatch(StreamOfNumbers::ended));
            await().untilAsserted(() -> assertThat(ourThreads()).hasSameSizeAs(before));
            assertThat(container.log().problemsSince(logEnd)).isEmpty();
        }
    }

    @Test
    void storesWhatWasAcceptedAndLeavesNoThreadOfTheStorage() {
        List<String> before = threadsOfTheStorage();
        Deployed application =
                container.deploy(TestWars.withStorage("undeployed-stored").archive());
        // From here on: Hibernate warns of tables that are there already.
        long logEnd = container.log().end();
        try (var control = new Control(application.base())) {
            control.load("u-stored", 200, "");
            assertThat(control.stored("u-stored"))
                    .hasSizeGreaterThanOrEqualTo(200)
                    .noneMatch(row -> row.startsWith("null"));
            assertThat(threadsOfTheStorage()).hasSizeGreaterThan(before.size());

            application.close();

            await().untilAsserted(() -> assertThat(threadsOfTheStorage()).hasSameSizeAs(before));
            assertThat(container.log().problemsSince(logEnd)).isEmpty();
        }
    }

    @Test
    void isNotHeldUpByClientsThatDoNotRead() {
        List<String> before = ourThreads();
        Deployed application = container.deploy(TestWars.of("undeployed").archive());
        try (var many = ManyStreams.open(application.base(), "/events?channel=u", STREAMS, 0);
                var stalled = ManyStreams.open(application.base(), "/events?channel=s", STALLED, FILLING);
                var control = new Control(application.base())) {
            stalled.stopReading(0, STALLED);
            // More than sockets and the server take on before a write waits.
            control.load("s", 600, "&perSecond=300&size=" + FILLING);

            long start = System.nanoTime();
            application.close();
            Duration undeploying = Duration.ofNanos(System.nanoTime() - start);

            assertThat(undeploying).isLessThan(Duration.ofSeconds(2));
            await().until(() -> many.streams().stream().allMatch(StreamOfNumbers::ended));
            int held = container.stalledClientHoldsThread() ? STALLED : 0;
            await().untilAsserted(() -> assertThat(ourThreads()).hasSizeLessThanOrEqualTo(before.size() + held));
        }
        await("none is held by who has gone")
                .untilAsserted(() -> assertThat(ourThreads()).hasSameSizeAs(before));
    }

    /** Without dispatchers: this application has no listeners, and another one may begin its own when it finds clients gone. */
    private List<String> threadsOfTheStorage() {
        return ourThreads().stream()
                .filter(thread -> !thread.startsWith("\"eventstream-dispatcher\""))
                .toList();
    }

    /** By name, and whatever runs code of ours under another name. */
    private List<String> ourThreads() {
        return container.jvm().threads("eventstream", "io.eventstream.");
    }
}
