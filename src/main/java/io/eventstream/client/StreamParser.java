package io.eventstream.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads an event stream: WHATWG HTML, section 9.2.6 "Interpreting an event stream". One thread at a time. */
final class StreamParser {

    private final BufferedReader lines;
    private final Runnable heard;
    private String lastEventId;
    private OptionalLong retryMillis = OptionalLong.empty();

    /**
     * Begins.
     *
     * @param lastEventId what the stream was asked for
     * @param heard is told of each line, comments as well
     */
    StreamParser(BufferedReader lines, String lastEventId, Runnable heard) {
        this.lines = lines;
        this.lastEventId = lastEventId;
        this.heard = heard;
    }

    /** Reads up to the end of the stream. What follows the last blank line is no event. */
    void read(Consumer<ReceivedEvent> receiver) throws IOException {
        List<String> data = new ArrayList<>();
        String type = "";
        String id = lastEventId;
        for (String line = first(); line != null; line = lines.readLine()) {
            heard.run();
            String name = name(line);
            String value = value(line);
            switch (name) {
                case "" -> {
                    if (line.isEmpty()) {
                        if (!data.isEmpty()) {
                            receiver.accept(
                                    new ReceivedEvent(type.isEmpty() ? "message" : type, String.join("\n", data), id));
                        }
                        lastEventId = id;
                        data.clear();
                        type = "";
                    }
                }
                case "event" -> type = value;
                case "data" -> data.add(value);
                case "id" -> id = value.indexOf('\0') < 0 ? value : id;
                case "retry" -> retryMillis = millis(value);
                default -> {
                    // Others are to be ignored.
                }
            }
        }
    }

    private @Nullable String first() throws IOException {
        String line = lines.readLine();
        return line != null && line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static String name(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    private static String value(String line) {
        int colon = line.indexOf(':');
        String value = colon < 0 ? "" : line.substring(colon + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private OptionalLong millis(String value) {
        boolean digits =
                !value.isEmpty() && value.length() < 10 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(value)) : retryMillis;
    }

    /** {@return that of the last event that was received} */
    String lastEventId() {
        return lastEventId;
    }

    /** {@return after which the stream wants to be opened again} */
    OptionalLong retryMillis() {
        return retryMillis;
    }
}
