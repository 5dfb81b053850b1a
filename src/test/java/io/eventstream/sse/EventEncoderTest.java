package io.eventstream.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventEncoderTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void writesTypeThenIdThenData(String name, String type, String id, String data, String written) {
        assertThat(new String(EventEncoder.encode(type, id, data), UTF_8)).isEqualTo(written);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                arguments("plain", "message", "", "hello", "event: message\ndata: hello\n\n"),
                arguments("with an id", "message", "c1:5", "hello", "event: message\nid: c1:5\ndata: hello\n\n"),
                arguments("an empty type is written", "", "", "x", "event: \ndata: x\n\n"),
                arguments("empty data is written", "message", "", "", "event: message\ndata: \n\n"),
                arguments("leading blank", "message", "", " a", "event: message\ndata:  a\n\n"),
                arguments("colon", "message", "", ":x", "event: message\ndata: :x\n\n"),
                arguments("NUL in data stays", "message", "", "a\0b", "event: message\ndata: a\0b\n\n"),
                arguments("astral", "message", "", "\uD83D\uDE00", "event: message\ndata: \uD83D\uDE00\n\n"),
                arguments("astral in a type", "\uD800\uDC0A\n", "", "x", "event: \uD800\uDC0A\ndata: x\n\n"),
                arguments("CR, LF, NUL in a type", "a\r\nb\0c", "", "x", "event: abc\ndata: x\n\n"),
                arguments("a type of nothing else", "\r\n\0", "", "x", "event: \ndata: x\n\n"),
                arguments("an id of nothing else", "message", "\n\0", "x", "event: message\ndata: x\n\n"),
                arguments(
                        "fields in type, id and data",
                        "message\nevent: foo",
                        "1\nevent_id: 2",
                        "hello\rworld",
                        "event: messageevent: foo\nid: 1event_id: 2\ndata: hello\ndata: world\n\n"));
    }

    @Nested
    class WhenDataHoldsLineBreaks {

        @ParameterizedTest
        @MethodSource("io.eventstream.sse.EventEncoderTest#dataOfManyLines")
        void startsADataLineForEach(String data, List<String> lines) {
            String fields = lines.stream().map(line -> "data: " + line + "\n").collect(Collectors.joining());

            assertThat(new String(EventEncoder.encode("t", "", data), UTF_8)).isEqualTo("event: t\n" + fields + "\n");
        }

        @ParameterizedTest
        @ValueSource(chars = {'\u000B', '\f', '\u0085', '\u2028', '\u2029'})
        void leavesWhatOnlyLooksLikeOne(char c) {
            String data = "a" + c + "b";

            assertThat(new String(EventEncoder.encode("t", "", data), UTF_8))
                    .isEqualTo("event: t\ndata: " + data + "\n\n");
        }
    }

    static Stream<Arguments> dataOfManyLines() {
        return Stream.of(
                arguments("a\nb", List.of("a", "b")),
                arguments("a\rb", List.of("a", "b")),
                arguments("a\r\nb", List.of("a", "b")),
                arguments("a\n\rb", List.of("a", "", "b")),
                arguments("a\r\r\nb", List.of("a", "", "b")),
                arguments("a\n", List.of("a", "")),
                arguments("\n", List.of("", "")),
                arguments("\r\n", List.of("", "")),
                arguments("\r", List.of("", "")),
                arguments("\n a", List.of("", " a")));
    }

    @Nested
    class ForAProxyThatFillsInIds {

        @Test
        void doublesPercentSignsInTypeAndDataButNotInTheId() {
            assertThat(new String(EventEncoder.encodePercentEscaped("t%x", "%I", "100% %I %%"), UTF_8))
                    .isEqualTo("event: t%%x\nid: %I\ndata: 100%% %%I %%%%\n\n");
        }

        @Test
        void writesTheSameWhereThereAreNone() {
            assertThat(EventEncoder.encodePercentEscaped("message", "c1:1", "x"))
                    .isEqualTo(EventEncoder.encode("message", "c1:1", "x"));
        }
    }

    @Nested
    class AComment {

        @Test
        void hasAColonBeforeEachLine() {
            assertThat(EventEncoder.comment("a\r\nb\rc\nd")).isEqualTo(": a\n: b\n: c\n: d\n");
        }

        @Test
        void mayBeEmpty() {
            assertThat(EventEncoder.comment("")).isEqualTo(": \n");
        }
    }
}
