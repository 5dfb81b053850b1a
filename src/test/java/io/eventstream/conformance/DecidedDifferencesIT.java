package io.eventstream.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the reference does wrong, or ours was decided to be different: what we do instead. */
@ContainerTest
class DecidedDifferencesIT {

    private final Container container;
    private final URI base;
    private Control control;

    DecidedDifferencesIT(Container container) {
        this.container = container;
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
    class OtherMethodsThanGet {

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
        void openNoStream(String method) {
            try (var client = RawHttp.connect(base).request(method, "/typed/events", Map.of(), "")) {
                assertThat(client.awaitEnd().status()).isEqualTo(405);
            }
        }

        @Test
        void areForPublishingOnTheOpenRoutesAlone() {
            // Jersey goes on to events/{channel}, where POST publishes; others stop at the longest path that fits.
            try (var client = RawHttp.connect(base).request("POST", "/events/fixed", Map.of(), "")) {
                assertThat(client.awaitEnd().status()).isIn(401, 405);
            }
        }

        @Test
        void preflightIsAnsweredAndEnds() {
            Map<String, String> headers = Map.of(
                    "Origin", "http://a.example",
                    "Access-Control-Request-Method", "GET");
            URI cors = container
                    .shared(TestWars.of("app-preflight").with("eventstream.cors.allow-origins", "http://a.example"))
                    .base();
            try (var client = RawHttp.connect(cors).request("OPTIONS", "/events/fixed", headers, "")) {
                assertThat(client.status()).isEqualTo(204);
                assertThat(client.ended()).isTrue();
                assertThat(client.header("Allow")).contains("GET", "HEAD", "OPTIONS");
                assertThat(client.header("Access-Control-Allow-Methods")).contains("GET");
                assertThat(client.header("Access-Control-Allow-Origin")).isEqualTo("http://a.example");
            }
        }

        @Test
        void preflightOfAnUnknownOriginIsAllowedNothing() {
            Map<String, String> headers = Map.of("Origin", "http://elsewhere.example");
            try (var client = RawHttp.connect(base).request("OPTIONS", "/events/fixed", headers, "")) {
                assertThat(client.status()).isEqualTo(204);
                assertThat(client.hasHeader("Access-Control-Allow-Origin")).isFalse();
                assertThat(client.hasHeader("Access-Control-Allow-Methods")).isFalse();
            }
        }
    }

    @Nested
    class OfSeveralOrigins {

        private final URI cors = container
                .shared(TestWars.of("app-origins")
                        .with("eventstream.cors.allow-origins", "http://a.example,https://b.example"))
                .base();

        @ParameterizedTest
        @CsvSource({
            "Origin, http://a.example, http://a.example",
            "Origin, https://b.example, https://b.example",
            "Origin, http://b.example, ''",
            "Origin, null, ''",
            "Host, a.example, ''",
            "Referer, https://b.example/page?x=1, ''"
        })
        void onlyTheOneInOriginIsNamed(String header, String value, String named) {
            try (var client = RawHttp.get(cors, "/events?channel=e", header, value)) {
                assertThat(client.header("Access-Control-Allow-Origin")).isEqualTo(named);
                assertThat(client.header("Vary")).isEqualTo("Origin");
            }
        }
    }

    @Test
    void aKickSendsOneErrorForTheChannelAndEndsTheStream() {
        try (var client = RawHttp.get(base, "/events?channel=k1&channel=k2", "X-User", "1")
                .awaitOpen()) {
            control.send("k1", 1);
            client.awaitEvents(1); // A kick does not wait for what is still to be sent.
            control.post("kick", "{\"user\":\"1\",\"channel\":\"k1\"}");
            client.awaitEnd();

            assertThat(client.events()).hasSize(2);
            assertThat(client.events().get(0)).isEqualTo(new Event("message", "1", ""));
            assertForbidden(client.events().get(1), "k1");
        }
    }

    @Test
    void aKickOfAnonymousSendsOneError() {
        try (var client = RawHttp.get(base, "/events?channel=k1").awaitOpen()) {
            control.post("kick", "{\"user\":\"anonymous\",\"channel\":\"k1\"}");
            client.awaitEnd();

            assertThat(client.events()).hasSize(1);
            assertForbidden(client.events().get(0), "k1");
        }
    }

    private static void assertForbidden(Event error, String channel) {
        assertThat(error.type()).isEqualTo("stream-error");
        assertThat(error.lastEventId()).isEqualTo("error");
        assertThat(JsonMeaning.equal(
                        "{\"condition\":\"forbidden\",\"text\":\"Permission denied to channels: " + channel
                                + "\",\"channels\":[\"" + channel + "\"]}",
                        error.data()))
                .as(error.data())
                .isTrue();
    }

    @Test
    void skippedUsersGetNothing() {
        try (var skipped =
                        RawHttp.get(base, "/events?channel=s1", "X-User", "1").awaitOpen();
                var other =
                        RawHttp.get(base, "/events?channel=s1", "X-User", "2").awaitOpen();
                var anonymous = RawHttp.get(base, "/events?channel=s1").awaitOpen()) {
            control.post("send", "{\"channel\":\"s1\",\"data\":5,\"skip_user_ids\":[\"1\"]}");
            control.send("s1", 6);

            assertThat(skipped.awaitText("data: 6").events())
                    .extracting(Event::data)
                    .containsExactly("6");
            assertThat(other.awaitEvents(2).events()).extracting(Event::data).containsExactly("5", "6");
            assertThat(anonymous.awaitEvents(2).events())
                    .extracting(Event::data)
                    .containsExactly("5", "6");
        }
    }

    @Test
    void aBurstLosesNothing() {
        try (var client = RawHttp.get(base, "/events?channel=o").awaitOpen()) {
            control.load("o", 50, "");
            client.awaitEvents(50);

            assertThat(client.events())
                    .extracting(event -> Integer.parseInt(event.data().split(" ")[0]))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 50).boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nb", "a\\nb", "a\\u0000b", "stream-error", "keep-alive"})
    void aTypeThatCannotBeOneIsRefused(String type) {
        RawHttp answer = control.answer("send", "{\"channel\":\"b\",\"type\":\"" + type + "\",\"data\":1}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).startsWith("InvalidTypeException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events?channel=", "/events?channel=%20", "/events?channel=a&channel="})
    void anEmptyChannelNameIsABadRequest(String path) {
        try (var client = RawHttp.get(base, path).awaitEnd()) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.events()).hasSize(1);
            assertThat(client.events().get(0).type()).isEqualTo("stream-error");
            assertThat(client.events().get(0).data()).contains("\"bad-request\"");
        }
    }

    @Test
    void aPositionThatIsNoNumberDoesNotHangTheConnection() {
        try (var client = RawHttp.get(base, "/events?channel=c1", "Last-Event-ID", "c1:abc")
                .awaitOpen()) {
            control.send("c1", 1);

            assertThat(client.awaitEvents(1).events()).extracting(Event::data).containsExactly("1");
        }
    }

    @Test
    void aMessageOfATransactionThatRolledBackIsNeverSeen() {
        try (var client = RawHttp.get(base, "/events?channel=r").awaitOpen()) {
            control.post("rolled_back_send", "{\"channel\":\"r\",\"data\":\"ghost\"}");
            control.send("r", "two");
            client.awaitEvents(1).readFor(Duration.ofMillis(200));

            assertThat(client.events()).extracting(Event::data).containsExactly("\"two\"");
        }
    }
}
