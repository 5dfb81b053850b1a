package io.eventstream.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.eventstream.api.EventStreamMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishRequestTest {

    @Nested
    class TheBody {

        @Test
        void isTextInUtf8() throws IOException {
            assertThat(text("é\uD83D\uDE00\r\n".getBytes(UTF_8), 100)).isEqualTo("é\uD83D\uDE00\r\n");
        }

        @Test
        void mayHaveAsManyBytesAsTheSettingAllows() throws IOException {
            assertThat(text("ééé".getBytes(UTF_8), 6)).isEqualTo("ééé");
            assertThat(text("é".getBytes(UTF_8), Integer.MAX_VALUE)).isEqualTo("é");
        }

        @Test
        void isTooLargeWithOneMore() {
            refused(
                    413,
                    "The request has more than the 5 bytes that eventstream.publish.max-request-size allows",
                    () -> text("ééé".getBytes(UTF_8), 5));
        }

        @Test
        void isRefusedInAnotherCharset() {
            refused(400, "The body is not UTF-8", () -> text(new byte[] {'a', (byte) 0xe9}, 100));
            refused(400, "The body is not UTF-8", () -> text(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, 100));
        }

        private static String text(byte[] body, int maxSize) throws IOException {
            return PublishRequest.text(new ByteArrayInputStream(body), maxSize);
        }
    }

    @Nested
    class JsonAsData {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1",
                    "-1.50e+3",
                    "\"a\"",
                    "true",
                    "null",
                    " {} ",
                    "[1, 2]\n",
                    "{\"a\": 1.0, \"a\": 2}",
                    "\"\\ud800\"",
                    "{\"é\":\"\u2028\"}"
                })
        void comesBackAsItIs(String json) {
            assertThat(PublishRequest.checkedJson(json)).isSameAs(json);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\r\n\t"})
        void isRefusedWhereThereIsNone(String body) {
            refused(400, "The body is empty; send JSON", () -> PublishRequest.checkedJson(body));
        }

        @ParameterizedTest
        @MethodSource("io.eventstream.publish.PublishRequestTest#noJson")
        void isRefusedWithWhatToDoWhereItIsNone(String body) {
            refusedAsNoJson(() -> PublishRequest.checkedJson(body));
        }
    }

    @Nested
    class Messages {

        @Test
        void areOneForAnObject() {
            assertThat(PublishRequest.messages("""
                            {"channel": "c", "type": "t", "data": {"a": [1, "é", null]}, "skipUsers": ["ann", "bob", "ann"]}
                            """))
                    .containsExactly(
                            new EventStreamMessage("c", "t", "{\"a\":[1,\"é\",null]}", true, Set.of("ann", "bob")));
        }

        @Test
        void areAsManyAsAnArrayHasInItsOrder() {
            assertThat(PublishRequest.messages("""
                            [{"channel": "b", "data": 1}, {"channel": "a", "data": "x"}]
                            """))
                    .containsExactly(
                            EventStreamMessage.raw("b", "message", "1"),
                            EventStreamMessage.raw("a", "message", "\"x\""));
        }

        @Test
        void areSomething() {
            assertThatThrownBy(() -> PublishRequest.messages("[]"))
                    .hasMessage("The array is empty; there is nothing to send");
        }

        @Test
        void haveNullWithoutData() {
            assertThat(PublishRequest.messages("{\"channel\": \"c\"}"))
                    .containsExactly(EventStreamMessage.raw("c", "message", "null"));
        }

        @ParameterizedTest
        @MethodSource("io.eventstream.publish.PublishRequestTest#noMessages")
        void areRefusedWithWhatIsWrong(String body, String text) {
            refused(400, text, () -> PublishRequest.messages(body));
        }

        @ParameterizedTest
        @MethodSource("io.eventstream.publish.PublishRequestTest#noJson")
        void areRefusedWithWhatToDoWhereTheyAreNoJson(String body) {
            refusedAsNoJson(() -> PublishRequest.messages(body));
        }

        @Test
        void areNotTheFirstOfSeveralObjects() {
            refusedAsNoJson(() -> PublishRequest.messages("{\"channel\":\"a\"}{\"channel\":\"b\"}"));
        }

        @Test
        void areRefusedWithNumbersThatTheServerDoesNotRead() {
            refusedAsNoJson(() -> PublishRequest.messages("{\"channel\":\"a\",\"data\":" + "9".repeat(2000) + "}"));
            refusedAsNoJson(() -> PublishRequest.messages("{\"channel\":\"a\",\"data\":1e99999999999}"));
        }
    }

    static Stream<String> noJson() {
        return Stream.of(
                "{",
                "[1,]",
                "{} x",
                "1 2",
                "nul",
                "NaN",
                "'a'",
                "\"a\nb\"",
                "{\"a\":1}}",
                "\uFEFF{}",
                "[".repeat(5000) + "]".repeat(5000));
    }

    static Stream<Arguments> noMessages() {
        String keys = "channel, type, data and skipUsers";
        return Stream.of(
                arguments("", "The body is empty; send JSON"),
                arguments("5", "The body must be an object with " + keys + ", or an array of such objects"),
                arguments("\"x\"", "The body must be an object with " + keys + ", or an array of such objects"),
                arguments("[1]", "Element 0: must be an object with " + keys),
                arguments("[{\"channel\":\"c\"}, []]", "Element 1: must be an object with " + keys),
                arguments("{}", "channel must be a text"),
                arguments("{\"channel\":1}", "channel must be a text"),
                arguments("{\"channel\":null}", "channel must be a text"),
                arguments("[{\"channel\":\"c\"},{}]", "Element 1: channel must be a text"),
                arguments("{\"channel\":\" \"}", "The channel must not be blank, was \" \""),
                arguments("{\"channel\":\"c\",\"type\":null}", "type must be a text"),
                arguments(
                        "{\"channel\":\"c\",\"type\":\"keep-alive\"}",
                        "The type is one that the stream itself uses; take another, was \"keep-alive\""),
                arguments(
                        "{\"channel\":\"c\",\"type\":\"a\\nb\"}",
                        "The type must not hold line breaks or NUL, was \"a\\u000ab\""),
                arguments("{\"channel\":\"c\",\"event\":\"x\"}", "has an unknown key event; there are " + keys),
                arguments(
                        "[{\"channel\":\"c\",\"skipusers\":[]}]",
                        "Element 0: has an unknown key skipusers; there are " + keys),
                arguments("{\"channel\":\"c\",\"skipUsers\":\"ann\"}", "skipUsers must be an array of texts"),
                arguments("{\"channel\":\"c\",\"skipUsers\":[1]}", "skipUsers must be an array of texts"),
                arguments("{\"channel\":\"c\",\"skipUsers\":null}", "skipUsers must be an array of texts"),
                arguments(
                        "{\"channel\":\"c\",\"skipUsers\":[\"\"]}",
                        "The name of a user to skip must not be blank, was []"),
                arguments(
                        "{\"channel\":\"\\ud800\"}",
                        "The channel must not hold half of a surrogate pair, was \"\\ud800\""));
    }

    private static void refusedAsNoJson(ThrowingCallable reading) {
        assertThatExceptionOfType(PublishRefusedException.class)
                .isThrownBy(reading)
                .withMessageStartingWith("The body is not JSON: ")
                .withMessageEndingWith(". To send text as it is, send it with Content-Type: text/plain")
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(400));
    }

    private static void refused(int status, String text, ThrowingCallable reading) {
        assertThatExceptionOfType(PublishRefusedException.class)
                .isThrownBy(reading)
                .withMessage(text)
                .satisfies(refused -> assertThat(List.of(refused.status(), refused.condition()))
                        .isEqualTo(List.of(status, status == 413 ? "too-large" : "bad-request")));
    }
}
