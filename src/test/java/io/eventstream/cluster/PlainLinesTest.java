package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.spi.StoredEvent;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes read of what programs outside of them write. */
class PlainLinesTest {

    private static final UUID ORIGIN = UUID.randomUUID();
    private static final UUID STORAGE = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"\\/", "line\nline\r\u0000\u001f\u007f\u2028", "ä€\uD83D\uDE00", "\\u0041"})
    void areReadAsTheyWereMeant(String text) throws Exception {
        String channel = "c" + text;
        var event = new StoredEvent(channel, 17, "type", text, Set.of(), Instant.ofEpochMilli(1_700_000_000_123L));

        assertThat(MessageCodec.decode(PlainLines.event(ORIGIN, STORAGE, event)))
                .isEqualTo(new TransportMessage(ORIGIN, STORAGE, 0, new Content.Event(event)));
        assertThat(MessageCodec.decode(PlainLines.hint(ORIGIN, STORAGE, event)))
                .isEqualTo(new TransportMessage(ORIGIN, STORAGE, 0, new Content.Hint(channel, 17)));
        assertThat(MessageCodec.decode(PlainLines.live(ORIGIN, 3, channel, "type", text)))
                .isEqualTo(new TransportMessage(
                        ORIGIN, TransportMessage.NO_STORAGE, 3, new Content.Live(channel, "type", text, Set.of())));
        assertThat(PlainLines.event(ORIGIN, STORAGE, event)).doesNotContain("\n");
    }
}
