package io.eventstream.publish;

import static io.eventstream.config.ConfigFixtures.config;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventstream.api.DataNotEncodableException;
import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.StreamEvent;
import io.eventstream.sse.SseFixtures;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageEncoderTest {

    private static final int LIMIT = 12;

    private final MessageEncoder encoder =
            new MessageEncoder(SseFixtures.encoder(), config("eventstream.max-event-size", Integer.toString(LIMIT)));

    @Test
    void writesDataAsJson() {
        assertThat(encoder.encode(EventStreamMessage.of("c", "t", Map.of("a", "é"))))
                .isEqualTo(new StreamEvent("c", OptionalLong.empty(), "t", "{\"a\":\"é\"}"));
    }

    @Test
    void writesNullAsNull() {
        assertThat(encoder.encode(EventStreamMessage.of("c", "t", null)).data()).isEqualTo("null");
    }

    @Test
    void leavesRawTextAsItIs() {
        assertThat(encoder.encode(EventStreamMessage.raw("c", "t", new StringBuilder("a\r\n\"")))
                        .data())
                .isEqualTo("a\r\n\"");
    }

    @Nested
    class TheLimit {

        @ParameterizedTest
        @ValueSource(strings = {"a", "é", "€", "\uD83D\uDE00"})
        void countsBytesOfUtf8(String character) {
            int bytes = character.getBytes(UTF_8).length;
            String most = character.repeat(LIMIT / bytes);

            assertThat(encoder.encode(EventStreamMessage.raw("c", "t", most)).data())
                    .isEqualTo(most);
            assertThatExceptionOfType(DataTooLargeException.class)
                    .isThrownBy(() -> encoder.encode(EventStreamMessage.raw("c", "t", most + "x")))
                    .satisfies(refused -> {
                        assertThat(refused.channel()).isEqualTo("c");
                        assertThat(refused.size()).isEqualTo(LIMIT + 1);
                        assertThat(refused.limit()).isEqualTo(LIMIT);
                    });
        }

        @Test
        void countsTheQuotesOfJson() {
            assertThat(encoder.encode(EventStreamMessage.of("c", "t", "a".repeat(LIMIT - 2)))
                            .data())
                    .hasSize(LIMIT);
            assertThatExceptionOfType(DataTooLargeException.class)
                    .isThrownBy(() -> encoder.encode(EventStreamMessage.of("c", "t", "a".repeat(LIMIT - 1))));
        }
    }

    @Nested
    class HalfOfASurrogatePair {

        @ParameterizedTest
        @ValueSource(strings = {"a\uD83D", "a\uDE00", "a\uD83Db", "a\uDE00\uD83D"})
        void isRefusedWithItsPlace(String text) {
            assertThatExceptionOfType(DataNotEncodableException.class)
                    .isThrownBy(() -> encoder.encode(EventStreamMessage.raw("c", "t", text)))
                    .withMessage("The data of a message for the channel \"c\" holds half of a surrogate pair at"
                            + " character 1, which UTF-8 cannot say");
        }

        @Test
        void isRefusedInsideOfJsonToo() {
            assertThatExceptionOfType(DataNotEncodableException.class)
                    .isThrownBy(() -> encoder.encode(EventStreamMessage.of("c", "t", "\uD83D")));
        }
    }
}
