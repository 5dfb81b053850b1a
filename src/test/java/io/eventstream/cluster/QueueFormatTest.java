package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.InvalidChannelException;
import io.eventstream.api.InvalidTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueFormatTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"\\/", "line\nline\r\u0000\u001f\u2028", "ä€\uD83D\uDE00", "\\u0041"})
    void anyTextIsReadAsItWasMeant(String text) throws Exception {
        assertThat(QueueFormat.read(QueueTexts.text("c" + text, "note", text)))
                .isEqualTo(EventStreamMessage.raw("c" + text, "note", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "null", "\"a\\\"b\"", "[1,{}]", "{\"a\":{\"b\":[true,1.50]}}", "123456789012345678901"})
    void jsonIsReadAsItWasMeant(String json) throws Exception {
        assertThat(QueueFormat.read(QueueTexts.json("c", "note", json)))
                .isEqualTo(EventStreamMessage.raw("c", "note", json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "1",
                "[]",
                "{}",
                "{\"format\":1}",
                "{\"format\":2,\"channel\":\"a\",\"type\":\"b\",\"data\":1}",
                "{\"format\":1.5,\"channel\":\"a\",\"type\":\"b\",\"data\":1}",
                "{\"format\":\"1\",\"channel\":\"a\",\"type\":\"b\",\"data\":1}",
                "{\"format\":1,\"channel\":\"a\",\"type\":\"b\"}",
                "{\"format\":1,\"channel\":\"a\",\"data\":1}",
                "{\"format\":1,\"channel\":7,\"type\":\"b\",\"data\":1}",
                "{\"format\":1,\"channel\":\"a\",\"type\":\"b\",\"text\":7}",
                "{\"format\":1,\"channel\":\"a\",\"type\":\"b\",\"data\":1} 2",
                "{\"format\":1,\"channel\":\"a\",\"type\":\"b\",\"data\":",
            })
    void garbageIsUnreadable(String text) {
        assertThatExceptionOfType(UnreadableMessageException.class).isThrownBy(() -> QueueFormat.read(text));
    }

    @Test
    void depthIsUnreadableToo() {
        String deep = "[".repeat(50_000) + "]".repeat(50_000);
        assertThatExceptionOfType(UnreadableMessageException.class)
                .isThrownBy(() -> QueueFormat.read(QueueTexts.json("c", "note", deep)));
    }

    @Test
    void whatCannotBeSentSaysWhy() {
        assertThatExceptionOfType(InvalidChannelException.class)
                .isThrownBy(() -> QueueFormat.read(QueueTexts.json(" ", "note", "1")));
        assertThatExceptionOfType(InvalidTypeException.class)
                .isThrownBy(() -> QueueFormat.read(QueueTexts.json("c", "a\nid: 7", "1")));
    }
}
