package io.eventstream.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One block of bytes that {@link EventEncoder} wrote, taken apart again for sinks that want its parts.
 *
 * @param type the {@code event:} field; empty for none
 * @param id the {@code id:} field; empty for none
 * @param data the data, lines joined by LF; empty for none
 * @param comment the comments, joined by LF; empty for none
 * @param retryMillis the {@code retry:} field; -1 for none
 */
public record WireEvent(String type, String id, String data, String comment, long retryMillis) {

    /**
     * Takes whole blocks apart.
     *
     * @param bytes as encoded by this package
     * @return one for each block
     */
    public static List<WireEvent> parse(byte[] bytes) {
        var events = new ArrayList<WireEvent>();
        var fields = new Fields();
        // The encoder ends lines with LF alone, so CR cannot be in here.
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                fields.add(line);
            } else if (fields.any) {
                events.add(fields.event());
                fields = new Fields();
            }
        }
        return events;
    }

    private static final class Fields {
        private String type = "";
        private String id = "";
        private long retryMillis = -1;
        private final List<String> data = new ArrayList<>();
        private final List<String> comment = new ArrayList<>();
        private boolean any;

        void add(String line) {
            any = true;
            int colon = line.indexOf(':');
            int from = line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
            String value = line.substring(from);
            switch (line.substring(0, colon)) {
                case "event" -> type = value;
                case "id" -> id = value;
                case "data" -> data.add(value);
                case "retry" -> retryMillis = Long.parseLong(value);
                default -> comment.add(value);
            }
        }

        WireEvent event() {
            return new WireEvent(type, id, String.join("\n", data), String.join("\n", comment), retryMillis);
        }
    }
}
