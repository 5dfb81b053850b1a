package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a browser makes of the bytes of an event stream: WHATWG HTML, section 9.2.6 "Interpreting an event stream".
 * Bytes come in any chunks, down to one at a time. One thread at a time.
 */
public final class SseParser {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<Event> events = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String idBuffer = "";
    private String lastEventId = "";
    private OptionalLong retry = OptionalLong.empty();
    private boolean firstLine = true;
    private boolean afterCarriageReturn;

    /**
     * One dispatched event.
     *
     * @param type the event type, empty where the stream names none (a browser then says "message")
     * @param data the data lines, joined by LF
     * @param lastEventId the last event id at the time of the dispatch
     */
    public record Event(String type, String data, String lastEventId) {}

    /** Reads all bytes, and returns the events that they completed. */
    public List<Event> feed(byte[] bytes) {
        return feed(bytes, 0, bytes.length);
    }

    /** Reads the bytes from {@code from} up to, but not including, {@code to}; returns the events they completed. */
    public List<Event> feed(byte[] bytes, int from, int to) {
        var before = events.size();
        for (var at = from; at < to; at++) {
            read(bytes[at]);
        }
        return List.copyOf(events.subList(before, events.size()));
    }

    /** All events so far. What follows the last blank line is none, also at the end of the stream. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** The text after the colon of every comment so far. */
    public List<String> comments() {
        return List.copyOf(comments);
    }

    /** What a browser would send as {@code Last-Event-ID} when it reconnected now; empty for none. */
    public String lastEventId() {
        return lastEventId;
    }

    /** The reconnection time that the stream asked for, in milliseconds. */
    public OptionalLong retry() {
        return retry;
    }

    private void read(byte next) {
        if (next == '\n' && afterCarriageReturn) {
            afterCarriageReturn = false;
            return;
        }
        afterCarriageReturn = next == '\r';
        if (next == '\n' || next == '\r') {
            endOfLine();
        } else {
            line.write(next);
        }
    }

    private void endOfLine() {
        var text = line.toString(UTF_8);
        line.reset();
        if (firstLine && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        firstLine = false;
        interpret(text);
    }

    private void interpret(String text) {
        var colon = text.indexOf(':');
        if (text.isEmpty()) {
            dispatch();
        } else if (colon == 0) {
            comments.add(text.substring(1));
        } else if (colon < 0) {
            field(text, "");
        } else {
            var value = text.substring(colon + 1);
            field(text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> idBuffer = value.indexOf('\0') < 0 ? value : idBuffer;
            case "retry" -> retry = value.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(value)) : retry;
            default -> {} // as the specification says: ignored
        }
    }

    private void dispatch() {
        lastEventId = idBuffer;
        if (!data.isEmpty()) {
            events.add(new Event(type, data.substring(0, data.length() - 1), lastEventId));
        }
        data.setLength(0);
        type = "";
    }
}
