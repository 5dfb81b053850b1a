package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that an application opens itself, with a sink of the server. */
@ContainerTest
class SinksIT {

    private final Container container;
    private Deployed application;
    private URI base;
    private Control control;

    SinksIT(Container container) {
        this.container = container;
    }

    @BeforeEach
    void start() {
        application = container.deploy(TestWars.of("sinks")
                .with(SinkResource.class)
                .with("eventstream.stall-limit", "PT2S")
                .with("eventstream.keep-alive", "PT0.5S")
                .with("eventstream.tail.bytes", "67108864")
                .archive());
        base = application.base();
        control = new Control(base);
    }

    @AfterEach
    void stop() {
        control.close();
        application.close();
    }

    private RawHttp open(String path) {
        return RawHttp.get(base, path, "Accept", "text/event-stream").awaitText("hello");
    }

    private void post(String path) {
        try (var request = RawHttp.connect(base)) {
            assertThat(request.request("POST", path, Map.of(), "").awaitEnd().status())
                    .isEqualTo(204);
        }
    }

    private int closed() {
        try (var request = RawHttp.get(base, "/sinks/closed")) {
            return Integer.parseInt(request.awaitEnd().text());
        }
    }

    private static List<Event> withoutHello(RawHttp client) {
        return client.events().stream()
                .filter(event -> !event.type().equals("hello"))
                .toList();
    }

    @Test
    void getEventsInOrder() {
        try (var client = open("/sinks")) {
            control.load("one", 500, "");
            client.await("all of them", () -> withoutHello(client).size() == 500);

            assertThat(withoutHello(client))
                    .extracting(event -> Integer.parseInt(event.data().split(" ")[0]))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 500).boxed().toList());
        }
    }

    @Test
    void ofSeveralChannelsGetOnlyWhatTheyAreInterestedIn() {
        try (var client = open("/sinks/several")) {
            control.sendRaw("one", "other", "1");
            control.sendRaw("one", "info", "2");
            control.sendRaw("two", "info", "3");
            control.sendRaw("three", "info", "4");
            control.sendRaw("two", "info", "5");
            client.await("three events", () -> withoutHello(client).size() == 3);

            assertThat(withoutHello(client))
                    .extracting(Event::data)
                    .contains("2")
                    .containsSubsequence("3", "5");
        }
    }

    @Test
    void shareBroadcastsWithTheStreamsOfTheLibrary() {
        try (var own = open("/sinks");
                var ours = RawHttp.get(base, "/events?channel=one").awaitOpen()) {
            post("/sinks/broadcast");

            var expected = new Event("info", "line 1\nline 2", "");
            assertThat(withoutHello(own.awaitText("line 2\n\n"))).containsExactly(expected);
            assertThat(ours.awaitText("line 2\n\n").events()).containsExactly(expected);
            assertThat(own.text()).contains("a comment");
            assertThat(ours.text()).contains("a comment");
        }
    }

    @Test
    void areEndedWithTheirBroadcaster() {
        try (var own = open("/sinks");
                var ours = RawHttp.get(base, "/events?channel=one").awaitOpen()) {
            post("/sinks/close");

            assertThat(own.awaitEnd().ended()).isTrue();
            assertThat(ours.awaitEnd().ended()).isTrue();
            await().untilAsserted(() -> assertThat(closed()).isEqualTo(1));
        }
    }

    @Test
    void ofClientsThatHaveGoneAreToldToTheApplication() {
        open("/sinks").close();

        // The keep-alive finds it out.
        await().untilAsserted(() -> assertThat(closed()).isEqualTo(1));
    }

    @Test
    void ofClientsThatDoNotReadDelayNobodyElse() {
        try (var stalled = open("/sinks");
                var client = open("/sinks")) {
            // Elsewhere, since this client is one that reads all the time, and not what a socket holds for it.
            var loading = CompletableFuture.runAsync(() -> control.load("one", 300, "&size=65536&perSecond=100"));
            // Parsed only when it can be complete, since the parsing of so much takes its time.
            client.await(
                    "the last one",
                    () -> client.body().length > 300 * 65536
                            && withoutHello(client).size() == 300);
            loading.join();

            assertThat(withoutHello(client))
                    .extracting(event -> Integer.parseInt(event.data().split(" ")[0]))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 300).boxed().toList());
            assertThat(stalled.ended()).isFalse();
        }
        await().untilAsserted(() -> assertThat(closed()).isEqualTo(2));
    }
}
