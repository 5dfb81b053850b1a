package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Browser;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.RandomEvents;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.sse.SseEventSource;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients as they are in the field get what was sent, and all of them the same. */
@ContainerTest
class EventSourceIT {

    private static final List<Event> SENT = RandomEvents.of(200, 20261123);

    private final URI base;
    private Control control;

    EventSourceIT(Container container) {
        this.base = container.shared(TestWars.of("app")).base();
    }

    @BeforeEach
    void connect() {
        control = new Control(base);
    }

    @AfterEach
    void disconnect() {
        control.close();
    }

    private void sendAll(String channel) {
        SENT.forEach(event -> control.sendRaw(channel, event.type(), event.data()));
    }

    private static List<Event> expected() {
        return SENT.stream()
                .map(event -> new Event(event.type(), event.data().replaceAll("\r\n|\r", "\n"), ""))
                .toList();
    }

    @Test
    void chromium() {
        try (var browser = Browser.open()) {
            browser.visit(URI.create(base + "/control/page"));
            browser.run(
                    """
                    window.got = [];
                    window.source = new EventSource(arguments[0]);
                    for (const type of arguments[1])
                        source.addEventListener(type, e => got.push([e.type, e.data, e.lastEventId]));
                    source.addEventListener("stream-open", () => window.opened = true);
                    """,
                    base + "/events?channel=chromium",
                    new ArrayList<>(SENT.stream()
                            .map(EventSourceIT::typeInBrowser)
                            .distinct()
                            .toList()));
            await("the stream opens").until(() -> Boolean.TRUE.equals(browser.run("return window.opened === true")));
            sendAll("chromium");
            await("all events come")
                    .until(() -> browser.run("return got.length").equals((long) SENT.size()));

            assertThat(browser.run("return got"))
                    .isEqualTo(expected().stream()
                            .map(event -> List.of(typeInBrowser(event), event.data(), ""))
                            .toList());
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** HTML: an empty type is that of a message. */
    private static String typeInBrowser(Event event) {
        return event.type().isEmpty() ? "message" : event.type();
    }

    @Test
    void jerseysEventSource() {
        List<Event> got = new CopyOnWriteArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        var client = ClientBuilder.newClient();
        var target = client.target(base + "/events?channel=jersey");
        try (SseEventSource source = SseEventSource.target(target).build()) {
            // It dispatches comments too, as events without a name.
            source.register(
                    event -> {
                        if (event.getName() != null) {
                            got.add(new Event(event.getName(), event.readData(), ""));
                        }
                    },
                    failures::add);
            source.open();
            await("the stream opens").until(() -> !got.isEmpty());
            for (int i = 0; i < 50; i++) {
                control.sendRaw("jersey", "type-" + i, "first line\nsecond: " + i);
            }
            await("all events come").untilAsserted(() -> assertThat(got).hasSize(51));
        } finally {
            client.close();
        }
        assertThat(failures).isEmpty();
        for (int i = 0; i < 50; i++) {
            Event event = got.get(i + 1);
            assertThat(event.type()).isEqualTo("type-" + i);
            assertThat(event.data()).isEqualTo("first line\nsecond: " + i);
        }
    }

    @Test
    void curl() throws IOException {
        Process curl = new ProcessBuilder("curl", "-sN", base + "/events?channel=curl").start();
        try (var in = new StreamReader(curl.getInputStream())) {
            in.awaitText("event: stream-open\ndata:\n\n");
            sendAll("curl");

            assertThat(in.awaitEvents(SENT.size())).isEqualTo(expected());
        } finally {
            curl.destroy();
        }
    }

    @Test
    void aSocketReadByteByByte() {
        try (var client = RawHttp.connect(base)
                .byteByByte()
                .request("GET", "/events?channel=bytes", Map.of(), "")
                .awaitOpen()) {
            sendAll("bytes");

            assertThat(client.awaitEvents(SENT.size()).events()).isEqualTo(expected());
        }
    }
}
