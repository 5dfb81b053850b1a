package io.eventstream.publish;

import static io.eventstream.config.ConfigFixtures.config;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.HttpFixtures;
import io.eventstream.sse.SseFixtures;
import io.eventstream.testing.LogEntries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishDoorTest {

    private static final Map<String, String> CORS = Map.of("Access-Control-Allow-Origin", "https://a.example");

    private final EventStreamConfig config = config(
            "eventstream.publish.token", "s3cret",
            "eventstream.max-event-size", "20",
            "eventstream.publish.max-request-size", "200",
            "eventstream.cors.allow-origins", "https://a.example");
    private final RecordingPublisher publisher =
            new RecordingPublisher(new MessageEncoder(SseFixtures.encoder(), config));
    private final PublishDoor door = new PublishDoor(
            PublishAccessTest.access("eventstream.publish.token", "s3cret"),
            publisher,
            new Answers(HttpFixtures.cors(config)),
            config);
    private final Sender trusted = FakeSenders.withToken("s3cret", null);

    @Nested
    class WithDataAsTheBody {

        @Test
        void sendsTheJsonAsItIs() {
            assertThat(publish("{ \"a\": 1.0 }", trusted)).isEqualTo(new Answer(200, "{\"channel\":\"any\"}", CORS));
            assertThat(publisher.sent).containsExactly(EventStreamMessage.raw("any", "t", "{ \"a\": 1.0 }"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "text/plain;charset=UTF-8", "Text/Plain"})
        void sendsTextAsItIs(String contentType) {
            assertThat(publish("not {JSON", FakeSenders.withToken("s3cret", contentType))
                            .status())
                    .isEqualTo(200);
            assertThat(publisher.sent).containsExactly(EventStreamMessage.raw("any", "t", "not {JSON"));
        }

        @Test
        void refusesWhatIsNotJson() {
            Answer answer = publish("not {JSON", trusted);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json()).startsWith("{\"condition\":\"bad-request\",\"text\":\"The body is not JSON: ");
            assertThat(publisher.sent).isEmpty();
        }

        @Test
        void refusesTooMuch() {
            assertThat(publish("\"" + "x".repeat(19) + "\"", trusted))
                    .isEqualTo(new Answer(
                            413,
                            "{\"condition\":\"too-large\",\"text\":\"The data of a message for the channel \\\"any\\\" has 21"
                                    + " bytes; eventstream.max-event-size allows 20. Send less, or a link to it\"}",
                            CORS));
        }

        @Test
        void refusesAReservedType() {
            Answer answer = door.publish("any", "stream-open", body("1"), trusted);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json()).contains("The type is one that the stream itself uses");
        }

        @Test
        void asksForBearerCredentialsBeforeItReadsTheBody() {
            Answer answer = door.publish("c", "t", broken(), FakeSenders.ANONYMOUS);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json()).startsWith("{\"condition\":\"unauthorized\",\"text\":\"Sign in, or ");
            assertThat(answer.headers()).containsAllEntriesOf(CORS).containsEntry("WWW-Authenticate", "Bearer");
        }

        @Test
        void forbidsWhoMayNot() {
            Answer answer = publish("1", FakeSenders.user("ann"));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json())
                    .startsWith("{\"condition\":\"forbidden\",\"text\":\"The user ann may not publish");
            assertThat(answer.headers()).isEqualTo(CORS);
        }

        @Test
        void saysThatABodyBrokeOff() {
            assertThat(door.publish("any", "t", broken(), trusted))
                    .isEqualTo(new Answer(
                            400, "{\"condition\":\"bad-request\",\"text\":\"The body did not arrive whole\"}", CORS));
        }

        private Answer publish(String text, Sender sender) {
            return door.publish("any", "t", body(text), sender);
        }
    }

    @Nested
    class WithMessagesInTheBody {

        @Test
        void answersAnObjectWithAnObject() {
            assertThat(publish("{\"channel\":\"c\",\"data\":1}", trusted).json())
                    .isEqualTo("{\"channel\":\"c\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[{\"channel\":\"c\"}]", " \n[{\"channel\":\"c\"}]"})
        void answersAnArrayWithAnArray(String body) {
            assertThat(publish(body, trusted).json()).isEqualTo("[{\"channel\":\"c\"}]");
        }

        @Test
        void sendsAllInOrder() {
            assertThat(publish("[{\"channel\":\"b\"},{\"channel\":\"a\"}]", trusted)
                            .json())
                    .isEqualTo("[{\"channel\":\"b\"},{\"channel\":\"a\"}]");
            assertThat(publisher.sent).extracting(EventStreamMessage::channel).containsExactly("b", "a");
        }

        @Test
        void sendsNothingWhereOneIsRefused() {
            assertThat(publish("[{\"channel\":\"c\"},{\"channel\":\"\"}]", trusted)
                            .status())
                    .isEqualTo(400);
            assertThat(publish("[{\"channel\":\"c\"},{\"channel\":\"c\",\"data\":\"12345678901234567890\"}]", trusted)
                            .status())
                    .isEqualTo(413);
            assertThat(publish("[{\"channel\":\"c\"},{\"channel\":\"other\"}]", FakeSenders.user("ann"))
                            .status())
                    .isEqualTo(403);
            assertThat(publisher.sent).isEmpty();
        }

        @Test
        void sendsForAUserWhoMay() {
            assertThat(publish("[{\"channel\":\"c\"}]", FakeSenders.user("ann")).status())
                    .isEqualTo(200);
        }

        @Test
        void refusesALargeRequest() {
            Answer answer = publish("[" + " ".repeat(200) + "]", trusted);

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json()).contains("eventstream.publish.max-request-size allows");
        }

        private Answer publish(String text, Sender sender) {
            return door.publish(body(text), sender);
        }
    }

    @Nested
    class WhereTheStorageFails {

        @Test
        void saysWhenToTryAgain() {
            Answer answer = answer(new StorageUnavailableException("The storage cannot be used", null));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json())
                    .isEqualTo("{\"condition\":\"storage-unavailable\",\"text\":\"The storage cannot be used."
                            + " Nothing was stored; try again later\"}");
            assertThat(answer.headers()).containsEntry("Retry-After", "5").containsAllEntriesOf(CORS);
        }

        @Test
        void saysThatItWillNotDoLaterEither() {
            try (var log = LogEntries.of(Answers.class)) {
                Answer answer = answer(new StorageRefusedException("The storage refused it", null));

                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.json())
                        .startsWith("{\"condition\":\"storage-refused\",\"text\":\"The storage refused it.");
                assertThat(log.entries()).containsExactly("SEVERE");
            }
        }

        @Test
        void saysThatNobodyKnows() {
            Answer answer = answer(new SendOutcomeUnknownException(new IllegalStateException()));

            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.json())
                    .startsWith("{\"condition\":\"outcome-unknown\",\"text\":\"The storage failed while it committed");
            assertThat(answer.headers()).doesNotContainKey("Retry-After");
        }

        private Answer answer(EventStreamException failure) {
            publisher.failure = failure;
            return door.publish("any", "t", body("1"), trusted);
        }
    }

    @Test
    void tellsTheIdsOfWhatWasStored() {
        publisher.ids = true;

        assertThat(door.publish("any", "t", body("1"), trusted).json()).isEqualTo("{\"channel\":\"any\",\"id\":1}");
        assertThat(door.publish(body("[{\"channel\":\"a\"},{\"channel\":\"a\"}]"), trusted)
                        .json())
                .isEqualTo("[{\"channel\":\"a\",\"id\":1},{\"channel\":\"a\",\"id\":2}]");
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
    }
}
