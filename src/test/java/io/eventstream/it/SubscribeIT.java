package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import jakarta.json.Json;
import java.io.StringReader;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opening streams. */
@ContainerTest
class SubscribeIT {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private final Container container;
    private final URI base;
    private Control control;

    SubscribeIT(Container container) {
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

    @Test
    void aStreamIsNeitherCachedNorTransformedNorBufferedOnTheWay() {
        try (var client = RawHttp.get(base, "/events?channel=a")) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.header("Content-Type")).startsWith("text/event-stream");
            assertThat(client.header("Cache-Control")).contains("no-cache", "no-transform");
            assertThat(client.header("X-Accel-Buffering")).isEqualTo("no");
        }
    }

    @Test
    void onlyTheTypesOfTheRouteArePassedOn() {
        try (var client = RawHttp.get(base, "/typed/events").awaitOpen()) {
            control.sendRaw("typed", "other", "1");
            control.sendRaw("typed", "info", "2");
            control.sendRaw("typed", "message", "3");

            assertThat(client.awaitText("data: 3").events())
                    .extracting(Event::data)
                    .containsExactly("2", "3");
        }
    }

    @Test
    void aConnectionWhoseStreamWasEndedServesTheNextRequest() {
        try (var client = RawHttp.get(base, "/events?channel=k", "X-User", "9").awaitOpen()) {
            control.post("kick", "{\"user\":\"9\",\"channel\":\"k\"}");
            client.awaitEnd();
            client.request("GET", "/events?channel=other", Map.of(), "").awaitOpen();
            control.send("other", 1);

            assertThat(client.awaitEvents(1).events()).containsExactly(new Event("message", "1", ""));
        }
    }

    @Test
    void aStreamThatIsEndedLogsNothing() {
        long logEnd = container.log().end();
        try (var client = RawHttp.get(base, "/events?channel=k", "X-User", "9").awaitOpen()) {
            control.post("kick", "{\"user\":\"9\",\"channel\":\"k\"}");
            client.awaitEnd();
            client.request("GET", "/control/page", Map.of(), "").awaitEnd();
        }
        assertThat(container.log().problemsSince(logEnd)).isEmpty();
    }

    @Nested
    class AUsersOwnChannel {

        @Test
        void isTheOneOfWhoeverIsSignedIn() {
            try (var client = RawHttp.get(base, "/own/events", "X-User", "ann").awaitOpen()) {
                control.send("user-bob", 1);
                control.send("user-ann", 2);

                assertThat(client.awaitEvents(1).events())
                        .extracting(Event::data)
                        .containsExactly("2");
            }
        }

        @Test
        void isForbiddenToAnonymous() {
            try (var client = RawHttp.get(base, "/own/events").awaitEnd()) {
                assertThat(client.status()).isEqualTo(200);
                assertThat(client.events()).hasSize(1);
                assertThat(client.events().get(0).type()).isEqualTo("stream-error");
                assertThat(client.events().get(0).data()).contains("\"forbidden\"");
            }
        }
    }

    @Nested
    class WithErrorsAsStatus {

        private final URI status = container
                .shared(TestWars.of("status").with("eventstream.errors", "status"))
                .base();

        @ParameterizedTest
        @CsvSource({
            "/events, '', 400, bad-request",
            "/events?channel=, '', 400, bad-request",
            "/own/events, '', 401, forbidden",
            "/events?channel=denied, '', 401, forbidden",
            "/events?channel=denied, 7, 403, forbidden"
        })
        void aRefusalIsOne(String path, String user, int expected, String condition) {
            try (var there = new Control(status);
                    var client = RawHttp.connect(status)) {
                there.post("deny", "{\"user\":\"anonymous\",\"channel\":\"denied\"}");
                there.post("deny", "{\"user\":\"7\",\"channel\":\"denied\"}");
                client.request("GET", path, user.isEmpty() ? Map.of() : Map.of("X-User", user), "")
                        .awaitEnd();

                assertThat(client.status()).isEqualTo(expected);
                assertThat(client.header("Content-Type")).startsWith("application/json");
                try (var reader = Json.createReader(new StringReader(client.text()))) {
                    assertThat(reader.readObject().getString("condition")).isEqualTo(condition);
                }
            }
        }
    }

    @Nested
    class WithRoomForTwo {

        private static final String PATH = "/events?channel=full";

        @Test
        void theThirdIsToldToComeBackLater() {
            try (var application = container.deploy(TestWars.of("full")
                            .with("eventstream.max-subscribers", "2")
                            .archive());
                    var first = RawHttp.get(application.base(), PATH).awaitOpen();
                    var second = RawHttp.get(application.base(), PATH).awaitOpen();
                    var third = RawHttp.get(application.base(), PATH)) {
                assertThat(first.ended() || second.ended()).isFalse();
                assertThat(third.awaitEnd().status()).isEqualTo(503);
                assertThat(Integer.parseInt(third.header("Retry-After"))).isBetween(1, 60);
                assertThat(third.text()).contains("\"overloaded\"");
            }
        }

        @Test
        void headTakesNone() {
            try (var application = container.deploy(TestWars.of("head")
                            .with("eventstream.max-subscribers", "2")
                            .archive());
                    var head = RawHttp.connect(application.base())) {
                for (int i = 0; i < 5; i++) {
                    head.request("HEAD", PATH, Map.of(), "");
                    assertThat(head.status()).isEqualTo(200);
                    assertThat(head.header("Content-Type")).startsWith("text/event-stream");
                    assertThat(head.header("Cache-Control")).contains("no-cache");
                }
                try (var first = RawHttp.get(application.base(), PATH).awaitOpen();
                        var second = RawHttp.get(application.base(), PATH).awaitOpen()) {
                    assertThat(first.status()).isEqualTo(200);
                    assertThat(second.status()).isEqualTo(200);
                }
            }
        }
    }

    @Nested
    class WhereHtmlIsPreferred {

        @Test
        void thereIsNoConsoleUnlessItIsSwitchedOn() {
            try (var client =
                    RawHttp.get(base, "/events?channel=a", "Accept", BROWSER).awaitOpen()) {
                assertThat(client.header("Content-Type")).startsWith("text/event-stream");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    BROWSER + "|text/html",
                    "text/html|text/html",
                    "text/event-stream|text/event-stream",
                    "text/html;q=0.5, text/event-stream|text/event-stream",
                    "*/*|text/event-stream",
                    "application/json|text/event-stream"
                })
        void theConsoleIsShownWhereItIsSwitchedOn(String accept, String type) {
            URI console = container
                    .shared(TestWars.of("console").with("eventstream.console", "true"))
                    .base();
            try (var client = RawHttp.get(console, "/events?channel=a", "Accept", accept)) {
                assertThat(client.status()).isEqualTo(200);
                assertThat(client.header("Content-Type")).startsWith(type);
                if (type.equals("text/html")) {
                    assertThat(client.header("Content-Security-Policy")).contains("default-src 'none'");
                    assertThat(client.awaitEnd().text()).contains("data-testid");
                }
            }
        }
    }
}
