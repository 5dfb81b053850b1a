package io.eventstream.subscribe;

import static io.eventstream.config.ConfigFixtures.config;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.eventstream.config.ErrorStyle;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.FakeSecurity;
import io.eventstream.http.HttpFixtures;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StreamResponsesTest {

    private static final String BAD_REQUEST =
            "{\"condition\":\"bad-request\",\"text\":\"Invalid request: No channels specified.\"}";
    private static final String FORBIDDEN = "{\"condition\":\"forbidden\","
            + "\"text\":\"Permission denied to channels: p1, p2\",\"channels\":[\"p1\",\"p2\"]}";

    private static final StreamRefusedException NO_CHANNELS =
            StreamRefusedException.badRequest("No channels specified.");
    private static final StreamRefusedException DENIED = StreamRefusedException.forbidden(List.of("p1", "p2"));

    @Nested
    class ARefusalAsAStream {

        @ParameterizedTest
        @MethodSource("io.eventstream.subscribe.StreamResponsesTest#refusals")
        void isOneEventWithAnIdThatEndsResuming(StreamRefusedException refused, String json) {
            Response response = refusal("stream", refused, FakeSecurity.ANONYMOUS);

            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getMediaType()).isEqualTo(MediaType.SERVER_SENT_EVENTS_TYPE);
            assertThat(new String((byte[]) response.getEntity(), UTF_8))
                    .isEqualTo("event: stream-error\nid: error\ndata: " + json + "\n\n");
        }
    }

    @Nested
    class ARefusalAsAStatus {

        @ParameterizedTest(name = "{1}")
        @MethodSource("io.eventstream.subscribe.StreamResponsesTest#statuses")
        void saysWhyAsJson(StreamRefusedException refused, int status, SecurityContext security, String json) {
            Response response = refusal("status", refused, security);

            assertThat(response.getStatus()).isEqualTo(status);
            assertThat(response.getMediaType()).isEqualTo(MediaType.APPLICATION_JSON_TYPE);
            assertThat(response.getEntity()).isEqualTo(json);
        }
    }

    @Nested
    class InBothStyles {

        @ParameterizedTest
        @EnumSource(ErrorStyle.class)
        void aClientThatComesBackAfterAnErrorIsToldToStop(ErrorStyle style) {
            Response response = refusal(
                    style.name().toLowerCase(Locale.ROOT), StreamRefusedException.ended(), FakeSecurity.ANONYMOUS);

            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(response.getMediaType().toString()).isEqualToIgnoringCase("text/html;charset=utf-8");
            assertThat((byte[]) response.getEntity())
                    .asString(UTF_8)
                    .isEqualTo("Invalid request: Can't resume session after stream-error.\n");
        }

        @ParameterizedTest
        @EnumSource(ErrorStyle.class)
        void aFullNodeSaysWhenToComeBack(ErrorStyle style) {
            Response response = refusal(
                    style.name().toLowerCase(Locale.ROOT),
                    StreamRefusedException.full("This node is full"),
                    FakeSecurity.ANONYMOUS);

            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(Integer.parseInt(response.getHeaderString("Retry-After")))
                    .isBetween(5, 14);
            assertThat(response.getEntity()).isEqualTo("{\"condition\":\"overloaded\",\"text\":\"This node is full\"}");
        }

        @ParameterizedTest
        @MethodSource("io.eventstream.subscribe.StreamResponsesTest#allRefusals")
        void everyRefusalHasTheHeadersOfAStreamAndOfCors(StreamRefusedException refused) {
            Response response = refusal("stream", refused, FakeSecurity.ANONYMOUS);

            assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-cache, no-transform");
            assertThat(response.getHeaderString("X-Accel-Buffering")).isEqualTo("no");
            assertThat(response.getHeaderString("Access-Control-Allow-Origin")).isEqualTo("https://b.example");
            assertThat(response.getHeaderString("Vary")).isEqualTo("Origin");
        }
    }

    @Nested
    class APreflight {

        @Test
        void isAnsweredWithoutAStream() {
            Response response = responses("stream").preflight("https://b.example");

            assertThat(response.getStatus()).isEqualTo(204);
            assertThat(response.hasEntity()).isFalse();
            assertThat(response.getHeaderString("Access-Control-Allow-Origin")).isEqualTo("https://b.example");
            assertThat(response.getHeaderString("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, POST, OPTIONS");
        }

        @Test
        void allowsAnotherOriginNothing() {
            Response response = responses("stream").preflight("https://c.example");

            assertThat(response.getStatus()).isEqualTo(204);
            assertThat(response.getHeaders()).containsOnlyKeys("Allow", "Vary");
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(arguments(NO_CHANNELS, BAD_REQUEST), arguments(DENIED, FORBIDDEN));
    }

    static Stream<Arguments> statuses() {
        return Stream.of(
                arguments(NO_CHANNELS, 400, FakeSecurity.ANONYMOUS, BAD_REQUEST),
                arguments(DENIED, 401, FakeSecurity.ANONYMOUS, FORBIDDEN),
                arguments(DENIED, 403, FakeSecurity.user("ann"), FORBIDDEN));
    }

    static Stream<StreamRefusedException> allRefusals() {
        return Stream.of(NO_CHANNELS, DENIED, StreamRefusedException.ended(), StreamRefusedException.full("full"));
    }

    private static Response refusal(String style, StreamRefusedException refused, SecurityContext security) {
        var request = HttpFixtures.get("events?channel=p1", "Origin", "https://b.example");
        return responses(style).refusal(refused, Exchanges.of(request, security));
    }

    private static StreamResponses responses(String style) {
        EventStreamConfig config = config(
                "eventstream.errors", style, "eventstream.cors.allow-origins", "https://a.example,https://b.example");
        return new StreamResponses(HttpFixtures.cors(config), config);
    }
}
