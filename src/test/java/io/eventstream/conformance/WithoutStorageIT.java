package io.eventstream.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import jakarta.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What vectors with storage say that holds without: they differ only in the ids. */
@ContainerTest
class WithoutStorageIT {

    private static final String PREAMBLE = Vector.filled("${PADDING}\n\nevent: stream-open\ndata:\n\n");

    private final URI base;
    private Control control;

    WithoutStorageIT(Container container) {
        this.base = container.shared(TestWars.of("app")).base();
    }

    @BeforeEach
    void start() {
        control = new Control(base);
        control.reset();
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Nested
    class AKick {

        @Test
        void leavesOtherUsersAlone() {
            try (var client =
                    RawHttp.get(base, "/events?channel=k1", "X-User", "2").awaitOpen()) {
                kick("1", "k1");
                control.send("k1", 1);

                assertThat(client.awaitEvents(1).events())
                        .extracting(Event::type)
                        .containsExactly("message");
            }
        }

        @Test
        void leavesOtherChannelsOfTheUserAlone() {
            try (var client =
                    RawHttp.get(base, "/events?channel=k2", "X-User", "1").awaitOpen()) {
                kick("1", "k1");
                control.send("k2", 1);

                assertThat(client.awaitEvents(1).events())
                        .extracting(Event::type)
                        .containsExactly("message");
            }
        }

        @Test
        void endsEachStreamOfTheUserOnTheChannel() {
            try (var first = RawHttp.get(base, "/events?channel=k1", "X-User", "1")
                            .awaitOpen();
                    var second = RawHttp.get(base, "/events?channel=k1&channel=k2", "X-User", "1")
                            .awaitOpen()) {
                kick("1", "k1");

                assertThat(first.awaitEnd().events()).extracting(Event::type).containsExactly("stream-error");
                assertThat(second.awaitEnd().events()).extracting(Event::type).containsExactly("stream-error");
            }
        }

        @Test
        void makesABrowserStopForGood() {
            try (var client =
                    RawHttp.get(base, "/events?channel=k1", "X-User", "1").awaitOpen()) {
                kick("1", "k1");
                String lastEventId = client.awaitEnd().events().get(0).lastEventId();

                try (var again = RawHttp.get(base, "/events?channel=k1", "X-User", "1", "Last-Event-ID", lastEventId)) {
                    assertThat(again.status()).isEqualTo(400);
                }
            }
        }

        private void kick(String user, String channel) {
            control.post("kick", "{\"user\":\"" + user + "\",\"channel\":\"" + channel + "\"}");
        }
    }

    @Test
    void aChangeThatLeavesThePermissionEndsNothing() {
        try (var client = RawHttp.get(base, "/events?channel=k1", "X-User", "1").awaitOpen()) {
            control.post("permission_changed", "{\"user\":\"1\",\"channel\":\"k1\"}");
            control.send("k1", 1);

            assertThat(client.awaitEvents(1).events()).extracting(Event::type).containsExactly("message");
        }
    }

    @Test
    void rawTextIsSplitAtEachKindOfLineEnd() {
        assertRaw("l1\nl2\r\nl3\rl4\n\nl6\n", "data: l1\ndata: l2\ndata: l3\ndata: l4\ndata: \ndata: l6\ndata: \n");
    }

    @Test
    void rawTextIsNotSplitAtOtherSeparatorsAndKeepsNul() {
        String text = "a\u0085b\u2028c\u000bd\fe\u0000f";
        assertRaw(text, "data: " + text + "\n");
    }

    @Test
    void emptyRawTextHasOneDataLine() {
        assertRaw("", "data: \n");
    }

    private void assertRaw(String text, String dataLines) {
        try (var client = RawHttp.get(base, "/events?channel=b").awaitOpen()) {
            control.sendRaw("b", "message", text);
            String expected = PREAMBLE + "event: message\n" + dataLines + "\n";

            client.await("the event", () -> client.text().length() >= expected.length());
            assertThat(client.text()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \u00e9: x%y  "})
    void aTypeIsSentAsItIs(String type) {
        try (var client = RawHttp.get(base, "/events?channel=b").awaitOpen()) {
            control.sendRaw("b", type, "x");

            client.awaitText(PREAMBLE + "event: " + type + "\ndata: x\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a,b",
                "a:b",
                "a%20b",
                "a+b",
                "a/b",
                "?&=#;@$!*'()[]\"",
                "a\n\u0000b",
                "\u00e9",
                "\ud83d\ude00"
            })
    void aChannelCanHaveAnyName(String channel) {
        String encoded = URLEncoder.encode(channel, StandardCharsets.UTF_8);
        try (var client = RawHttp.get(base, "/events?channel=" + encoded).awaitOpen()) {
            control.post(
                    "send",
                    Json.createObjectBuilder()
                            .add("channel", channel)
                            .add("data", 1)
                            .build()
                            .toString());

            assertThat(client.awaitEvents(1).events()).containsExactly(new Event("message", "1", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events/ch/a%20b", "/events/ch/a%20b/", "/events/a%20b", "/events/?channel=a+b"})
    void aChannelInThePathIsDecoded(String path) {
        try (var client = RawHttp.get(base, path).awaitOpen()) {
            control.send("a b", 1);

            client.awaitEvents(1);
        }
    }
}
