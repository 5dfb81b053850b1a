package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.RawHttp;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Clients that come and go leave nothing on the heap. */
@ContainerTest
@Isolated
class ManyConnectsIT {

    private static final int CONNECTS = 2000;
    private static final int CHANNELS = 500;
    private static final String PACKAGE = "io.eventstream.broadcast.";
    private static final List<String> KEPT_PER_STREAM = Stream.of(
                    "Subscriber", "Subscription", "ChannelBroadcaster", "ChannelTail", "StreamSink")
            .map(PACKAGE::concat)
            .toList();

    private final Container container;

    ManyConnectsIT(Container container) {
        this.container = container;
    }

    @Test
    void leaveNoInstanceBehind() {
        try (var application = container.deploy(
                TestWars.of("connects").with("eventstream.keep-alive", "PT0.2S").archive())) {
            connectAndGo(application.base(), 0);
            List<Long> before = instances();
            for (int i = 0; i < CONNECTS; i++) {
                connectAndGo(application.base(), i % CHANNELS);
            }

            // Only a write shows that a client has gone: the keep-alive is that write.
            await("no more than before").untilAsserted(() -> {
                List<Long> after = instances();
                long held = container.requestsHeldByIdleThreads();
                for (int i = 0; i < after.size(); i++) {
                    assertThat(after.get(i)).as(KEPT_PER_STREAM.get(i)).isLessThanOrEqualTo(before.get(i) + held);
                }
            });
        }
    }

    private static void connectAndGo(URI base, int channel) {
        RawHttp.get(base, "/events?channel=c" + channel).awaitOpen().close();
    }

    private List<Long> instances() {
        return container.jvm().instances(KEPT_PER_STREAM);
    }
}
