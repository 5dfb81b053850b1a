package io.eventstream.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testing.SseParser;
import io.eventstream.testing.SseParser.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlEventsTest {

    @Test
    void openTheStreamAfterAPadding() {
        assertThat(text(ControlEvents.preamble()))
                .hasSize(2077)
                .isEqualTo(":" + " ".repeat(2048) + "\n\nevent: stream-open\ndata:\n\n");
    }

    @Test
    void keepTheConnectionAlive() {
        assertThat(ControlEvents.keepAlive()).isEqualTo("event: keep-alive\ndata:\n\n".getBytes(UTF_8));
    }

    @Test
    void refuseABadRequestWithAnIdThatEndsResuming() {
        assertThat(text(ControlEvents.error("bad-request", "Invalid request: x.", List.of())))
                .isEqualTo("event: stream-error\nid: error\n"
                        + "data: {\"condition\":\"bad-request\",\"text\":\"Invalid request: x.\"}\n\n");
    }

    @Test
    void nameTheChannelsThatAreForbidden() {
        assertThat(text(ControlEvents.error("forbidden", "Permission denied to channels: a, b", List.of("a", "b"))))
                .isEqualTo("event: stream-error\nid: error\ndata: {\"condition\":\"forbidden\","
                        + "\"text\":\"Permission denied to channels: a, b\",\"channels\":[\"a\",\"b\"]}\n\n");
    }

    @Test
    void resetWithoutAnIdThatWouldWipeTheClients() {
        assertThat(text(ControlEvents.reset("", List.of("a", "b"))))
                .isEqualTo("event: stream-reset\ndata: {\"channels\":[\"a\",\"b\"]}\n\n");
    }

    @Test
    void quoteWhateverAChannelIsCalled() {
        assertThat(new SseParser().feed(ControlEvents.reset("", List.of("a\n\"é"))))
                .containsExactly(new Event("stream-reset", "{\"channels\":[\"a\\n\\\"é\"]}", ""));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
