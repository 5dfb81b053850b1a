package io.eventstream.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a client is in each of its channels; as text what the {@code id:} field of an event holds and a client sends
 * back in {@code Last-Event-ID}: {@code channel:n,channel2:m}, sorted by channel, names percent-encoded in UTF-8 but
 * for letters, digits and {@code _ . - ~ /}.
 *
 * <p>Immutable; safe for use by many threads.
 *
 * @param positions channel to position, as it was written; a position that is no number belongs to no event
 */
public record LastEventId(SortedMap<String, String> positions) {

    private static final String UNESCAPED = "_.-~/";

    /**
     * Copies the positions, in the natural order of their channels.
     *
     * @throws IllegalArgumentException if a position holds a comma or a colon, which separate positions
     */
    public LastEventId {
        positions.values().forEach(LastEventId::checkPosition);
        // Not new TreeMap<>(positions), which would keep an order of the caller's.
        var sorted = new TreeMap<String, String>();
        sorted.putAll(positions);
        positions = Collections.unmodifiableSortedMap(sorted);
    }

    private static void checkPosition(String position) {
        if (position.indexOf(',') >= 0 || position.indexOf(':') >= 0) {
            throw new IllegalArgumentException("A position must not hold a comma or a colon, was " + position);
        }
    }

    /**
     * Positions by channel.
     *
     * @param positions number of the last event that was seen of each channel, 0 for none yet
     * @return the id
     * @throws IllegalArgumentException if a position is negative
     */
    public static LastEventId of(Map<String, Long> positions) {
        var texts = new TreeMap<String, String>();
        positions.forEach((channel, position) -> {
            if (position < 0) {
                throw new IllegalArgumentException("A position must not be negative, was " + position);
            }
            texts.put(channel, Long.toString(position));
        });
        return new LastEventId(texts);
    }

    /**
     * Reads what a client sent. Of a channel that is named twice the last position counts.
     *
     * @param text the value of {@code Last-Event-ID}
     * @return the positions
     * @throws InvalidLastEventIdException if it is empty or not of the form {@code channel:n,channel2:m}
     */
    public static LastEventId parse(String text) {
        var positions = new TreeMap<String, String>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0 || part.indexOf(':', colon + 1) >= 0) {
                throw new InvalidLastEventIdException(text);
            }
            positions.put(decoded(part.substring(0, colon)), part.substring(colon + 1));
        }
        return new LastEventId(positions);
    }

    /** {@return the text of an {@code id:} field; empty if there is no position} */
    @Override
    public String toString() {
        return positions.entrySet().stream()
                .map(position -> encoded(position.getKey()) + ":" + position.getValue())
                .collect(Collectors.joining(","));
    }

    private static String encoded(String channel) {
        var text = new StringBuilder(channel.length() + 8);
        for (byte b : channel.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || UNESCAPED.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append(String.format("%%%02X", (int) c));
            }
        }
        return text.toString();
    }

    /** A percent sign that no two hex digits follow stands for itself, bad UTF-8 becomes U+FFFD. */
    private static String decoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
