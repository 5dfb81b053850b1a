package io.eventstream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LastEventIdTest {

    @Nested
    class Written {

        @ParameterizedTest
        @MethodSource("io.eventstream.api.LastEventIdTest#written")
        void escapesWhatSeparatesPositionsAndWhatIsNoAscii(Map<String, Long> positions, String text) {
            assertThat(LastEventId.of(positions)).hasToString(text);
        }

        @Test
        void isSortedByChannel() {
            assertThat(LastEventId.of(Map.of("b", 2L, "a", 1L, "ä", 4L, "c", 3L)))
                    .hasToString("a:1,b:2,c:3,%C3%A4:4");
        }

        @Test
        void isSortedByChannelWhateverOrderItWasGiven() {
            var backwards = new TreeMap<String, String>(Comparator.reverseOrder());
            backwards.putAll(Map.of("a", "1", "b", "2"));

            assertThat(new LastEventId(backwards)).hasToString("a:1,b:2").isEqualTo(LastEventId.parse("a:1,b:2"));
        }
    }

    @Nested
    class Read {

        @ParameterizedTest
        @MethodSource("io.eventstream.api.LastEventIdTest#read")
        void keepsPositionsAsTheyWereWritten(String text, Map<String, String> positions) {
            assertThat(LastEventId.parse(text).positions()).containsExactlyInAnyOrderEntriesOf(positions);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "garbage", "c1:1:2", "c1:1,", ",c1:1", ",", "::", "c1:1,c2"})
        void refusesWhatIsNoPosition(String text) {
            assertThatExceptionOfType(InvalidLastEventIdException.class)
                    .isThrownBy(() -> LastEventId.parse(text))
                    .withMessage("A last event id has the form channel:n,channel2:m with percent-encoded channel names,"
                            + " was \"" + text + "\"")
                    .satisfies(refused -> assertThat(refused.text()).isEqualTo(text));
        }
    }

    @Nested
    class Made {

        @Test
        void refusesANegativePosition() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LastEventId.of(Map.of("a", -1L)))
                    .withMessage("A position must not be negative, was -1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1,b:2", "1:2", ","})
        void refusesAPositionThatWouldReadAsAnother(String position) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LastEventId(new TreeMap<>(Map.of("a", position))))
                    .withMessage("A position must not hold a comma or a colon, was " + position);
        }

        @Test
        void isACopy() {
            var positions = new HashMap<>(Map.of("a", 1L));
            LastEventId id = LastEventId.of(positions);
            positions.put("b", 2L);

            assertThat(id).hasToString("a:1");
            assertThat(id.positions()).isUnmodifiable();
        }
    }

    static Stream<Arguments> written() {
        return Stream.of(
                arguments(Map.of(), ""),
                arguments(Map.of("c1", 3L), "c1:3"),
                arguments(Map.of("c1", 3L, "c2", 0L), "c1:3,c2:0"),
                arguments(Map.of("c1", Long.MAX_VALUE), "c1:9223372036854775807"),
                arguments(Map.of("a,b:c", 1L), "a%2Cb%3Ac:1"),
                arguments(Map.of("a/b", 1L), "a/b:1"),
                arguments(Map.of("a b", 1L), "a%20b:1"),
                arguments(Map.of("100%", 1L), "100%25:1"),
                arguments(Map.of("é", 1L), "%C3%A9:1"),
                arguments(Map.of("\uD83D\uDE00", 1L), "%F0%9F%98%80:1"),
                arguments(Map.of("a\r\n\0", 1L), "a%0D%0A%00:1"),
                arguments(Map.of("AZaz09_.-~", 1L), "AZaz09_.-~:1"),
                arguments(Map.of("!$&'()*+,;=:@?#[]", 1L), "%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%40%3F%23%5B%5D:1"));
    }

    static Stream<Arguments> read() {
        return Stream.of(
                arguments("c1:3", Map.of("c1", "3")),
                arguments("c1:3,c2:0", Map.of("c1", "3", "c2", "0")),
                arguments("%c3%a9:1", Map.of("é", "1")),
                arguments("%C3%A9:1", Map.of("é", "1")),
                arguments("é:1", Map.of("é", "1")),
                arguments("a+b:1", Map.of("a+b", "1")),
                arguments("c1:3,c1:5", Map.of("c1", "5")),
                arguments(":5", Map.of("", "5")),
                arguments("c1:", Map.of("c1", "")),
                arguments("c1:abc", Map.of("c1", "abc")),
                arguments("c1:1, c2:2", Map.of("c1", "1", " c2", "2")),
                arguments("%FF:1", Map.of("\uFFFD", "1")),
                arguments("100%:1", Map.of("100%", "1")),
                arguments("a%4:1", Map.of("a%4", "1")),
                arguments("a%4x%41:1", Map.of("a%4xA", "1")),
                arguments("%2541:1", Map.of("%41", "1")));
    }
}
