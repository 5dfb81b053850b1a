package io.eventstream.publish;

import io.eventstream.api.DataNotEncodableException;
import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.StreamEvent;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.sse.DataEncoder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.OptionalLong;

/** Messages to events, or a refusal before anything is sent. Safe for use by many threads. */
@ApplicationScoped
class MessageEncoder {

    private final DataEncoder encoder;
    private final int maxEventSize;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    MessageEncoder() {
        this.encoder = null;
        this.maxEventSize = 0;
    }

    @Inject
    MessageEncoder(DataEncoder encoder, EventStreamConfig config) {
        this.encoder = encoder;
        this.maxEventSize = config.maxEventSize();
    }

    public StreamEvent encode(EventStreamMessage message) {
        String channel = message.channel();
        String data = message.raw() ? String.valueOf(message.data()) : encoder.json(channel, message.data());
        long size = utf8Length(channel, data);
        if (size > maxEventSize) {
            throw new DataTooLargeException(channel, size, maxEventSize);
        }
        return new StreamEvent(channel, OptionalLong.empty(), message.type(), data);
    }

    private static long utf8Length(String channel, String data) {
        long length = 0;
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (!Character.isSurrogate(c)) {
                length += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < data.length()
                    && Character.isLowSurrogate(data.charAt(i + 1))) {
                length += 4;
                i++;
            } else {
                throw new DataNotEncodableException(
                        channel, "holds half of a surrogate pair at character " + i + ", which UTF-8 cannot say", null);
            }
        }
        return length;
    }
}
