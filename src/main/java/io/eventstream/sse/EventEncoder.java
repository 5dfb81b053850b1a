package io.eventstream.sse;

import java.nio.charset.StandardCharsets;

/**
 * Writes events as the HTML standard, section "Server-sent events", wants them, in the order event, id, data. Nothing
 * in a type, an id or data can end its field: CR, LF and NUL are left out of types and ids, and each CRLF, CR or LF in
 * data begins a new data line.
 */
public final class EventEncoder {

    private EventEncoder() {}

    /**
     * One event as it goes over the wire.
     *
     * @param type the {@code event:} field
     * @param id the {@code id:} field, left out where empty
     * @param data the data; each of its lines becomes a {@code data:} field
     * @return UTF-8
     */
    public static byte[] encode(String type, String id, String data) {
        var text = new StringBuilder(type.length() + id.length() + data.length() + 32);
        text.append("event: ").append(oneLine(type)).append('\n');
        String idLine = oneLine(id);
        if (!idLine.isEmpty()) {
            text.append("id: ").append(idLine).append('\n');
        }
        appendLines(text, "data: ", data);
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A block that is no event, but sets the client's last event id (HTML standard, "Interpreting an event stream").
     *
     * @param id the id
     * @return UTF-8
     */
    public static byte[] idAlone(String id) {
        return ("id: " + oneLine(id) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The same for a GRIP proxy that fills in ids: percent signs in type and data are doubled, since there they begin a
     * placeholder.
     *
     * @param type the {@code event:} field
     * @param id the {@code id:} field, which may be a placeholder
     * @param data the data
     * @return UTF-8
     */
    public static byte[] encodePercentEscaped(String type, String id, String data) {
        return encode(type.replace("%", "%%"), id, data.replace("%", "%%"));
    }

    /**
     * A comment, which clients ignore.
     *
     * @param comment any text
     * @return its lines, each as a comment, without an empty line after it
     */
    public static String comment(String comment) {
        var text = new StringBuilder();
        appendLines(text, ": ", comment);
        return text.toString();
    }

    private static void appendLines(StringBuilder text, String field, String lines) {
        int from = 0;
        for (int i = 0; i < lines.length(); i++) {
            char c = lines.charAt(i);
            if (c == '\n' || c == '\r') {
                text.append(field).append(lines, from, i).append('\n');
                if (c == '\r' && i + 1 < lines.length() && lines.charAt(i + 1) == '\n') {
                    i++;
                }
                from = i + 1;
            }
        }
        text.append(field).append(lines, from, lines.length()).append('\n');
    }

    private static String oneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaks(text.charAt(i))) {
                return text.codePoints()
                        .filter(c -> !breaks((char) c) || c > Character.MAX_VALUE)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    private static boolean breaks(char c) {
        return c == '\n' || c == '\r' || c == '\0';
    }
}
