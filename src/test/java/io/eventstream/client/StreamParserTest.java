package io.eventstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamParserTest {

    private final List<ReceivedEvent> events = new ArrayList<>();
    private int lines;
    private StreamParser parser;

    private List<ReceivedEvent> read(String text) throws IOException {
        parser = new StreamParser(new BufferedReader(new StringReader(text)), "before", () -> lines++);
        parser.read(events::add);
        return events;
    }

    @Test
    void readsTypeDataAndId() throws IOException {
        assertThat(read("event: note\nid: a:1\ndata: x\n\n")).containsExactly(new ReceivedEvent("note", "x", "a:1"));
    }

    @Test
    void takesForMessageWhatNamesNoType() throws IOException {
        assertThat(read("data:x\n\n")).containsExactly(new ReceivedEvent("message", "x", "before"));
    }

    @Test
    void joinsTheLinesOfData() throws IOException {
        assertThat(read("data: 1\ndata\ndata:  3\n\n"))
                .extracting(ReceivedEvent::data)
                .containsExactly("1\n\n 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void knowsEachLineEnd(String end) throws IOException {
        assertThat(read("data: 1" + end + end + "data: 2" + end + end))
                .extracting(ReceivedEvent::data)
                .containsExactly("1", "2");
    }

    @Test
    void remembersAnIdWithoutData() throws IOException {
        assertThat(read("id: a:7\n\n")).isEmpty();
        assertThat(parser.lastEventId()).isEqualTo("a:7");
    }

    @Test
    void forgetsWhatFollowsTheLastBlankLine() throws IOException {
        assertThat(read("data: 1\nid: a:1\n\ndata: 2\nid: a:2\n")).hasSize(1);
        assertThat(parser.lastEventId()).isEqualTo("a:1");
    }

    @Test
    void isNotPastAnEventThatWasNotTaken() {
        parser = new StreamParser(new BufferedReader(new StringReader("data: 1\nid: a:1\n\n")), "before", () -> {});

        assertThatThrownBy(() -> parser.read(event -> {
                    throw new IllegalStateException("not taken");
                }))
                .hasMessage("not taken");
        assertThat(parser.lastEventId()).isEqualTo("before");
    }

    @Test
    void passesOverCommentsUnknownFieldsAndAByteOrderMark() throws IOException {
        assertThat(read("\uFEFFdata: 1\n: comment\nother: 2\n\n"))
                .extracting(ReceivedEvent::data)
                .containsExactly("1");
        assertThat(lines).isEqualTo(4);
    }

    @Test
    void takesOnlyDigitsForATimeToRetry() throws IOException {
        read("retry: 1500\nretry: soon\nretry: 99999999999\n\n");

        assertThat(parser.retryMillis()).hasValue(1500);
    }
}
