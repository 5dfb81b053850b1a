package io.eventstream.cluster;

import io.eventstream.spi.StoredEvent;
import java.util.UUID;

/** Lines that {@link MessageCodec} reads, for programs that have no library for JSON. */
final class PlainLines {

    /** The codec's, which is a constant: the codec itself cannot be linked without the library. */
    private static final int FORMAT = MessageCodec.FORMAT;

    private PlainLines() {}

    /** {@return the line of an event that nobody is to be skipped for} */
    static String event(UUID origin, UUID storage, StoredEvent event) {
        return begun(origin, storage, 0, "event", event.channel())
                + ",\"id\":" + event.number() + ",\"previous\":" + (event.number() - 1)
                + content(event.type(), event.data())
                + ",\"storedAt\":" + event.storedAt().toEpochMilli() + "}";
    }

    static String hint(UUID origin, UUID storage, StoredEvent event) {
        return begun(origin, storage, 0, "hint", event.channel()) + ",\"id\":" + event.number() + "}";
    }

    static String live(UUID origin, long sequence, String channel, String type, String data) {
        return begun(origin, TransportMessage.NO_STORAGE, sequence, "live", channel) + content(type, data) + "}";
    }

    private static String begun(UUID origin, UUID storage, long sequence, String kind, String channel) {
        return "{\"format\":" + FORMAT + ",\"origin\":\"" + origin + "\",\"storage\":\"" + storage + "\",\"sequence\":"
                + sequence + ",\"kind\":\"" + kind + "\",\"channel\":" + quoted(channel);
    }

    private static String content(String type, String data) {
        return ",\"type\":" + quoted(type) + ",\"data\":" + quoted(data);
    }

    /** {@return a string of JSON} */
    static String quoted(String text) {
        var json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"' || next == '\\') {
                json.append('\\').append(next);
            } else if (next < ' ') {
                json.append(String.format("\\u%04x", (int) next));
            } else {
                json.append(next);
            }
        }
        return json.append('"').toString();
    }
}
