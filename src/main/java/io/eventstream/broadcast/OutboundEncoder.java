package io.eventstream.broadcast;

import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.sse.DataEncoder;
import io.eventstream.sse.EventEncoder;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes events that an application made with JAX-RS. Safe for use by many threads. */
final class OutboundEncoder {

    private final DataEncoder encoder;
    private final int maxEventSize;

    OutboundEncoder(DataEncoder encoder, int maxEventSize) {
        this.encoder = encoder;
        this.maxEventSize = maxEventSize;
    }

    /** An event that can be sent. */
    record Encoded(String type, byte[] bytes) {}

    /** {@return the event, without its id} */
    Encoded encode(String channel, OutboundSseEvent event) {
        // A message that could be, so that its checks hold for these events too.
        String type = EventStreamMessage.of(channel, event.getName() == null ? "message" : event.getName(), null)
                .type();
        var bytes = new ByteArrayOutputStream();
        if (event.getComment() != null) {
            bytes.writeBytes(utf8(EventEncoder.comment(event.getComment())));
        }
        if (event.isReconnectDelaySet()) {
            bytes.writeBytes(utf8("retry: " + event.getReconnectDelay() + "\n"));
        }
        bytes.writeBytes(
                event.getData() == null
                        ? utf8("\n")
                        : EventEncoder.encode(type, "", sized(channel, encoder.text(channel, event))));
        return new Encoded(type, bytes.toByteArray());
    }

    private String sized(String channel, String data) {
        int size = utf8(data).length;
        if (size > maxEventSize) {
            throw new DataTooLargeException(channel, size, maxEventSize);
        }
        return data;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
