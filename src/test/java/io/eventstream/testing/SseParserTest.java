package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testing.SseParser.Event;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    private final SseParser parser = new SseParser();

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void endsLinesAtLineFeedCarriageReturnAndBoth(String end) {
        read(String.join(end, "event: a", "data: 1", "data: 2", "id: x", "", "data: 3", "", ""));

        assertThat(parser.events()).containsExactly(new Event("a", "1\n2", "x"), new Event("", "3", "x"));
    }

    @Test
    void readsTheSameInChunksOfOneByte() {
        var bytes = "\uFEFFevent: ü\r\ndata: \uD83D\uDE00\r\n\r\n:c\r\rdata\n\n".getBytes(UTF_8);
        for (var at = 0; at < bytes.length; at++) {
            parser.feed(bytes, at, at + 1);
        }

        assertThat(parser.events()).containsExactly(new Event("ü", "\uD83D\uDE00", ""), new Event("", "", ""));
        assertThat(parser.comments()).containsExactly("c");
    }

    @Test
    void returnsOnlyWhatTheChunkCompleted() {
        assertThat(feed("data: 1\n\ndata: 2\n")).containsExactly(new Event("", "1", ""));
        assertThat(feed("\n")).containsExactly(new Event("", "2", ""));
        assertThat(feed("data: 3\n")).isEmpty();
    }

    @Test
    void stripsOneByteOrderMarkAtTheStartOnly() {
        read("\uFEFFdata: 1\n\n\uFEFFdata: 2\n\n");

        assertThat(parser.events()).containsExactly(new Event("", "1", ""));
    }

    @Test
    void takesOneBlankFromTheStartOfAValue() {
        read("data:  a \n\ndata:b\n\n");

        assertThat(parser.events()).extracting(Event::data).containsExactly(" a ", "b");
    }

    @Test
    void knowsFieldNamesInLowerCaseAlone() {
        read("Data: 1\n\ndata : 2\n\n data: 3\n\n");

        assertThat(parser.events()).isEmpty();
    }

    @Test
    void dispatchesNothingWithoutData() {
        read("event: a\nid: 7\n\n");

        assertThat(parser.events()).isEmpty();
        assertThat(parser.lastEventId()).isEqualTo("7");
    }

    @Test
    void forgetsTheTypeAfterABlankLine() {
        read("event: a\n\ndata: 1\n\n");

        assertThat(parser.events()).containsExactly(new Event("", "1", ""));
    }

    @Test
    void doesNotBreakLinesAtOtherSeparators() {
        read("data: a\u2028b\u2029c\u0085d\u000Be\n\n");

        assertThat(parser.events()).extracting(Event::data).containsExactly("a\u2028b\u2029c\u0085d\u000Be");
    }

    @Nested
    class TheId {
        @Test
        void staysUntilAnotherComes() {
            read("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n");

            assertThat(parser.events()).extracting(Event::lastEventId).containsExactly("1", "1", "");
        }

        @Test
        void isIgnoredWithNul() {
            read("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n");

            assertThat(parser.lastEventId()).isEqualTo("1");
        }

        @Test
        void countsOnlyAfterTheBlankLine() {
            read("id: 1\n");
            assertThat(parser.lastEventId()).isEmpty();

            read("\n");
            assertThat(parser.lastEventId()).isEqualTo("1");
        }
    }

    @Nested
    class TheRetryTime {
        @Test
        void isTakenWhenItIsDigits() {
            read("retry: 1500\n");

            assertThat(parser.retry()).hasValue(1500);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-1", "1.5", "1s", "٣"})
        void isIgnoredWhenItIsAnythingElse(String value) {
            read("retry: " + value + "\n");

            assertThat(parser.retry()).isEmpty();
        }
    }

    private List<Event> feed(String text) {
        return parser.feed(text.getBytes(UTF_8));
    }

    private void read(String text) {
        feed(text);
    }
}
