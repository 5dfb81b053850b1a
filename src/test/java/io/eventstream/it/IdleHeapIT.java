package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.ManyStreams;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** An open stream keeps nothing of the request that JAX-RS made of it, which would be a third of its heap and more. */
@ContainerTest
@Isolated
class IdleHeapIT {

    private static final int STREAMS = 200;

    /** One for each request, and nearly all that a request holds. */
    private static final List<String> REQUESTS = List.of(
            "org.glassfish.jersey.server.ContainerRequest",
            "org.jboss.resteasy.plugins.server.servlet.Servlet3AsyncHttpRequest");

    private final Container container;

    IdleHeapIT(Container container) {
        this.container = container;
    }

    @Test
    void keepsNoRequestOfJaxRs() {
        URI base = container.shared(TestWars.of("app")).base();
        try (var streams = ManyStreams.open(base, "/events?channel=idle", STREAMS, 0)) {
            assertThat(streams.streams()).hasSize(STREAMS);
            // The threads that served the last ones may still hold theirs.
            await().untilAsserted(() -> assertThat(requests()).isLessThan(STREAMS / 2));
        }
    }

    private long requests() {
        return container.jvm().instances(REQUESTS).stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
