package io.eventstream.api;

import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a channel's name and an event's type may be. */
final class Names {

    static final int MAX_LENGTH = 255;
    static final Set<String> RESERVED_TYPES = Set.of("stream-open", "stream-reset", "stream-error", "keep-alive");

    private static final int QUOTED_LENGTH = 80;

    private Names() {}

    static String checkedChannel(String channel) {
        if (channel.isBlank()) {
            throw new InvalidChannelException(channel, "must not be blank");
        }
        if (channel.length() > MAX_LENGTH) {
            throw new InvalidChannelException(
                    channel, "must have at most " + MAX_LENGTH + " characters (has " + channel.length() + ")");
        }
        if (!encodable(channel)) {
            throw new InvalidChannelException(channel, "must not hold half of a surrogate pair");
        }
        return channel;
    }

    static String checkedType(String type) {
        if (type.indexOf('\r') >= 0 || type.indexOf('\n') >= 0 || type.indexOf('\0') >= 0) {
            throw new InvalidTypeException(type, "must not hold line breaks or NUL");
        }
        if (type.length() > MAX_LENGTH) {
            throw new InvalidTypeException(
                    type, "must have at most " + MAX_LENGTH + " characters (has " + type.length() + ")");
        }
        if (RESERVED_TYPES.contains(type)) {
            throw new InvalidTypeException(type, "is one that the stream itself uses; take another");
        }
        if (!encodable(type)) {
            throw new InvalidTypeException(type, "must not hold half of a surrogate pair");
        }
        return type;
    }

    static boolean encodable(String text) {
        CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
        return utf8.canEncode(text);
    }

    /** Readable in a log line, whatever it holds. */
    static String quoted(String text) {
        var shown = new StringBuilder("\"");
        text.codePoints().limit(QUOTED_LENGTH).forEach(c -> {
            if (isReadable(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown.append(text.codePointCount(0, text.length()) > QUOTED_LENGTH ? "…\"" : "\"")
                .toString();
    }

    private static boolean isReadable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
