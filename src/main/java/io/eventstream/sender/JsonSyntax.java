package io.eventstream.sender;

import io.eventstream.api.DataNotEncodableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a text is JSON (RFC 8259), so that a slip is the sender's error instead of each listener's; programs outside of a
 * server have no library for it. One thread at a time.
 */
final class JsonSyntax {

    private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]*+");
    private static final Pattern STRING =
            Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1f]++|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+\"");
    private static final Pattern SCALAR =
            Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

    private final String text;
    private final Matcher matcher;
    /** The brackets that are to be closed; no recursion, which a text of brackets alone would exhaust. */
    private final Deque<Character> open = new ArrayDeque<>();

    private int at;

    private JsonSyntax(String text) {
        this.text = text;
        this.matcher = SPACE.matcher(text);
    }

    /**
     * Checks data.
     *
     * @throws DataNotEncodableException if it is not one JSON value
     */
    static void check(String channel, String text) {
        var syntax = new JsonSyntax(text);
        if (!syntax.isValue()) {
            throw new DataNotEncodableException(
                    channel, "is not JSON, from character " + syntax.at + " on; to send any text, use sendText", null);
        }
    }

    private boolean isValue() {
        do {
            if (!begins()) {
                return false;
            }
            // A value has ended, and with it maybe what it is in.
            while (!open.isEmpty() && taken(open.peek())) {
                open.pop();
            }
        } while (!open.isEmpty() && taken(',') && (open.peek() == ']' || isName()));
        take(SPACE);
        return open.isEmpty() && at == text.length();
    }

    /** Up to the end of the innermost first value. */
    private boolean begins() {
        while (true) {
            boolean array = taken('[');
            if (!array && !taken('{')) {
                return take(STRING) || take(SCALAR);
            }
            char end = array ? ']' : '}';
            if (taken(end)) {
                return true;
            }
            open.push(end);
            if (!array && !isName()) {
                return false;
            }
        }
    }

    private boolean isName() {
        take(SPACE);
        return take(STRING) && taken(':');
    }

    private boolean taken(char expected) {
        take(SPACE);
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            take(SPACE);
            return true;
        }
        return false;
    }

    private boolean take(Pattern pattern) {
        matcher.usePattern(pattern).region(at, text.length());
        boolean found = matcher.lookingAt();
        if (found) {
            at = matcher.end();
        }
        return found;
    }
}
