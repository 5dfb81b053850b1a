package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing over HTTP. */
@ContainerTest
class PublishIT {

    private static final String TOKEN = "token-of-the-test";
    private static final String LAST = "the last one";

    private final URI base;
    private RawHttp client;
    private RawHttp publisher;

    PublishIT(Container container) {
        this.base = container
                .shared(TestWars.of("publish")
                        .with("eventstream.publish.token", TOKEN)
                        .with("eventstream.max-event-size", "1000")
                        .with("eventstream.publish.max-request-size", "5000"))
                .base();
    }

    @BeforeEach
    void listen() {
        client = RawHttp.get(base, "/events?channel=p").awaitOpen();
        publisher = RawHttp.connect(base);
    }

    @AfterEach
    void stop() {
        client.close();
        publisher.close();
    }

    private RawHttp post(String path, String body, String... headers) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return publisher.request("POST", path, all, body).awaitEnd();
    }

    private RawHttp postWithToken(String path, String body, String... headers) {
        String[] all = List.of(headers).toArray(new String[headers.length + 2]);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + TOKEN;
        return post(path, body, all);
    }

    private List<Event> delivered() {
        postWithToken("/events/p", LAST, "Content-Type", "text/plain");
        return client.awaitText(LAST).events().stream()
                .filter(event -> !event.data().equals(LAST))
                .toList();
    }

    private static JsonObject json(RawHttp answer) {
        try (var reader = Json.createReader(new StringReader(answer.text()))) {
            return reader.readObject();
        }
    }

    private static void assertRefused(RawHttp answer, int status, String condition) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(json(answer).getString("condition")).isEqualTo(condition);
        assertThat(json(answer).getString("text")).isNotBlank();
    }

    @Nested
    class ToOneChannel {

        @Test
        void jsonIsPassedOnAsItIs() {
            RawHttp answer = postWithToken("/events/p?type=info", "{\"b\" : 1.50, \"a\":[ ]}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(json(answer))
                    .isEqualTo(Json.createObjectBuilder().add("channel", "p").build());
            assertThat(delivered()).containsExactly(new Event("info", "{\"b\" : 1.50, \"a\":[ ]}", ""));
        }

        @Test
        void anyNameGoesByQueryParameter() {
            String p = json(postWithToken("/events?channel=p&type=info", "text", "Content-Type", "text/plain"))
                    .getString("channel");
            String slash = json(postWithToken("/events?channel=a%2Fb", "1")).getString("channel");

            assertThat(List.of(p, slash)).containsExactly("p", "a/b");
            assertThat(delivered()).containsExactly(new Event("info", "text", ""));
        }

        @Test
        void twoNamesAreABadRequest() {
            assertRefused(postWithToken("/events?channel=p&channel=q", "1"), 400, "bad-request");
            assertThat(delivered()).isEmpty();
        }

        @Test
        void theTypeIsMessageUnlessNamed() {
            postWithToken("/events/p", "1");

            assertThat(delivered()).containsExactly(new Event("message", "1", ""));
        }

        @Test
        void plainTextNeedNotBeJson() {
            assertThat(postWithToken("/events/p", "no json\nat all", "Content-Type", "text/plain;charset=UTF-8")
                            .status())
                    .isEqualTo(200);
            assertThat(delivered()).containsExactly(new Event("message", "no json\nat all", ""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "hello", "{\"a\":1} 2", "{'a':1}"})
        void whatIsNotJsonIsABadRequest(String body) {
            assertRefused(postWithToken("/events/p", body), 400, "bad-request");
            assertThat(delivered()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"stream-open", "stream-reset", "stream-error", "keep-alive", "a%0Ab", "a%0Db", "a%00b"})
        void aTypeThatCannotBeOneIsABadRequest(String type) {
            assertRefused(postWithToken("/events/p?type=" + type, "1"), 400, "bad-request");
            assertThat(delivered()).isEmpty();
        }

        @Test
        void anEventThatIsTooLargeIsRefused() {
            assertRefused(postWithToken("/events/p", "\"" + "x".repeat(999) + "\""), 413, "too-large");
            assertThat(postWithToken("/events/p", "\"" + "x".repeat(998) + "\"").status())
                    .isEqualTo(200);
        }

        @Test
        void aRequestThatIsTooLargeIsRefused() {
            assertRefused(postWithToken("/events/p", "[" + " ".repeat(5000) + "]"), 413, "too-large");
        }
    }

    @Nested
    class ToChannelsInTheBody {

        @Test
        void oneMessageIsAnsweredByAnObject() {
            RawHttp answer = postWithToken("/events", "{\"channel\":\"p\",\"type\":\"info\",\"data\":{\"a\":1}}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(json(answer).getString("channel")).isEqualTo("p");
            assertThat(delivered()).containsExactly(new Event("info", "{\"a\":1}", ""));
        }

        @Test
        void anArrayIsAnsweredByAnArray() {
            RawHttp answer = postWithToken(
                    "/events", "[{\"channel\":\"p\",\"data\":1},{\"channel\":\"q\"},{\"channel\":\"p\",\"data\":2}]");

            assertThat(answer.status()).isEqualTo(200);
            try (var reader = Json.createReader(new StringReader(answer.text()))) {
                assertThat(reader.readArray().getValuesAs(JsonObject.class))
                        .extracting(event -> event.getString("channel"))
                        .containsExactly("p", "q", "p");
            }
            assertThat(delivered()).extracting(Event::data).containsExactly("1", "2");
        }

        @Test
        void skippedUsersGetNothing() {
            try (var user =
                    RawHttp.get(base, "/events?channel=p", "X-User", "1").awaitOpen()) {
                postWithToken("/events", "{\"channel\":\"p\",\"data\":1,\"skipUsers\":[\"1\"]}");

                assertThat(delivered()).extracting(Event::data).containsExactly("1");
                assertThat(user.awaitText(LAST).events())
                        .extracting(Event::data)
                        .containsExactly(LAST);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"channel\":\"p\",\"type\":\"keep-alive\"}",
                    "{\"channel\":\"\"}",
                    "{\"type\":\"a\"}",
                    "{\"channel\":\"p\",\"data\":1,\"unknown\":2}",
                    "{\"channel\":\"p\",\"skipUsers\":\"1\"}",
                    "1"
                })
        void oneBadElementSendsNothing(String bad) {
            assertRefused(postWithToken("/events", "[{\"channel\":\"p\",\"data\":1}," + bad + "]"), 400, "bad-request");
            assertThat(delivered()).isEmpty();
        }

        @Test
        void oneElementThatIsTooLargeSendsNothing() {
            String large = "{\"channel\":\"p\",\"data\":\"" + "x".repeat(1000) + "\"}";

            assertRefused(postWithToken("/events", "[{\"channel\":\"p\",\"data\":1}," + large + "]"), 413, "too-large");
            assertThat(delivered()).isEmpty();
        }
    }

    @Nested
    class WhoMay {

        @ParameterizedTest
        @CsvSource({"/events/p, 1", "/events, '{\"channel\":\"p\"}'"})
        void nobodyWithoutSayingWhoHeIs(String path, String body) {
            RawHttp answer = post(path, body);

            assertRefused(answer, 401, "unauthorized");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(delivered()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic " + TOKEN, "Bearer " + TOKEN + "x"})
        void nobodyWithAnotherToken(String authorization) {
            assertRefused(post("/events/p", "1", "Authorization", authorization), 401, "unauthorized");
        }

        @Test
        void noUserWhomTheManagerDoesNotLet() {
            assertRefused(post("/events/p", "1", "X-User", "reader"), 403, "forbidden");
        }

        @Test
        void theUserWhomTheManagerLets() {
            assertThat(post("/events/p", "1", "X-User", "publisher").status()).isEqualTo(200);
            assertThat(delivered()).extracting(Event::data).containsExactly("1");
        }

        @Test
        void theUserFromAPageOfTheSameSite() {
            assertThat(post("/events/p", "1", "X-User", "publisher", "Origin", "http://" + base.getAuthority())
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://elsewhere.example", "null"})
        void noUserFromAPageOfAnotherSite(String origin) {
            assertRefused(post("/events/p", "1", "X-User", "publisher", "Origin", origin), 403, "forbidden");
            assertThat(delivered()).isEmpty();
        }
    }
}
