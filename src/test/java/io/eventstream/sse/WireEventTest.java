package io.eventstream.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class WireEventTest {

    @Test
    void hasTheFieldsOfABlock() {
        assertThat(parse("event: t\nid: c:1\ndata: a\ndata:  b\nretry: 1500\n\n"))
                .containsExactly(new WireEvent("t", "c:1", "a\n b", "", 1500));
    }

    @Test
    void joinsCommentsByLineFeed() {
        assertThat(parse(EventEncoder.comment("a\nb") + "\n")).containsExactly(new WireEvent("", "", "", "a\nb", -1));
    }

    @Test
    void readsTheFieldsWithoutABlankAfterTheColon() {
        assertThat(parse("event: keep-alive\ndata:\n\n")).containsExactly(new WireEvent("keep-alive", "", "", "", -1));
    }

    @Test
    void isOneForEachBlock() {
        assertThat(parse(": " + " ".repeat(9) + "\n\nevent: stream-open\ndata:\n\n"))
                .extracting(WireEvent::type, event -> event.comment().length())
                .containsExactly(tuple("", 9), tuple("stream-open", 0));
    }

    @Test
    void isNoneForNothing() {
        assertThat(parse("")).isEmpty();
    }

    private static List<WireEvent> parse(String text) {
        return WireEvent.parse(text.getBytes(UTF_8));
    }
}
