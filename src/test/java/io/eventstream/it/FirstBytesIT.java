package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import io.eventstream.testing.Wars;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client sees at once that it is connected; the keep-alive is long, so that no other write can push anything out. */
@ContainerTest
class FirstBytesIT {

    private static final Wars APPLICATION =
            TestWars.of("first-bytes").with(SinkResource.class).with("eventstream.keep-alive", "PT1H");

    private final URI base;

    FirstBytesIT(Container container) {
        this.base = container.shared(APPLICATION).base();
    }

    @Test
    void comeRightAfterTheRequestWhileNothingIsPublished() {
        try (var client = RawHttp.get(base, "/events?channel=quiet").awaitOpen()) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.header("Content-Type")).startsWith("text/event-stream");
            assertThat(client.header("Cache-Control")).isEqualTo("no-cache, no-transform");
            assertThat(client.text()).startsWith(":").endsWith("event: stream-open\ndata:\n\n");
            assertThat(client.ended()).isFalse();
        }
    }

    @Test
    void ofAnApplicationsOwnSinkComeWithTheFirstEvent() {
        try (var client = RawHttp.ask(base, "GET", "/sinks/quiet", "Accept", "text/event-stream");
                var application = RawHttp.connect(base)) {
            await("registered")
                    .until(() -> application
                            .request("GET", "/sinks/registered", Map.of(), "")
                            .awaitEnd()
                            .text()
                            .equals("1"));
            application.request("POST", "/sinks/broadcast", Map.of(), "").awaitEnd();

            client.awaitHead().awaitEvents(1);
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.header("Content-Type")).startsWith("text/event-stream");
            assertThat(client.events()).containsExactly(new Event("info", "line 1\nline 2", ""));
        }
    }
}
