package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.RedisWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.SseParser.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients of channels that are stored in Redis and that come back, in a server. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class RedisRecoveryIT {

    private final Container container;
    private final String url;

    RedisRecoveryIT(Container container, RedisServer server) {
        this.container = container;
        this.url = server.url(7);
    }

    private Deployed deploy() {
        return container.deploy(RedisWars.storing(url, TestWars.of("app-redis")));
    }

    private static List<Event> events(RawHttp client) {
        return client.events().stream()
                .filter(event -> !event.type().equals("stream-open"))
                .toList();
    }

    /** As from a database; the reference is silent there (vector H-redis-storage-future-id-silent). */
    @Test
    void anIdThatThereIsNotYetIsReset() {
        try (var deployed = deploy();
                var control = new Control(deployed.base())) {
            control.post("send", "{\"channel\":\"q\",\"type\":\"message\",\"data\":1,\"count\":2}");
            try (var client = RawHttp.get(deployed.base(), "/events?channel=q", "Last-Event-ID", "q:99")) {
                client.awaitEvents(1);
                control.send("q", 3);
                client.awaitEvents(2).readFor(Duration.ofMillis(300));

                assertThat(events(client))
                        .containsExactly(
                                new Event("stream-reset", "{\"channels\":[\"q\"]}", "q:2"),
                                new Event("message", "3", "q:3"));
            }
        }
    }

    @Test
    void whatWasMissedDuringARedeploymentComesOnceAndInOrder() {
        try (var before = deploy();
                var control = new Control(before.base());
                var client = RawHttp.get(before.base(), "/events?channel=again").awaitOpen()) {
            control.send("again", 1);
            assertThat(events(client.awaitEvents(1))).containsExactly(new Event("message", "1", "again:1"));
            control.send("again", 2);
        }
        try (var after = deploy();
                var control = new Control(after.base());
                var client = RawHttp.get(after.base(), "/events?channel=again", "Last-Event-ID", "again:1")
                        .awaitOpen()) {
            control.send("again", 3);
            client.awaitEvents(2).readFor(Duration.ofMillis(300));

            assertThat(events(client))
                    .containsExactly(new Event("message", "2", "again:2"), new Event("message", "3", "again:3"));
        }
    }
}
