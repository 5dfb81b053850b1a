package io.eventstream.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts as notifications of PostgreSQL, which hold less than 8000 bytes each: {@code index/last:part}. The index keeps apart
 * those with the same contents, of which PostgreSQL would tell one alone in a transaction. One thread at a time.
 */
final class NotifiedParts {

    /** In characters, of which each is at most three bytes of UTF-8; beside it there is room for the numbers. */
    private static final int LARGEST = 2600;

    private final Map<Integer, Started> started = new HashMap<>();

    private static final class Started {
        private final StringBuilder text = new StringBuilder();
        private int next;
    }

    /** {@return what to notify of, in this order and in one transaction} */
    static String[] of(String text) {
        int count = Math.max(1, (text.length() + LARGEST - 1) / LARGEST);
        var parts = new String[count];
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = Math.min(text.length(), (int) ((long) text.length() * (i + 1) / count));
            // Half a character could not be sent.
            if (to > from && to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            parts[i] = i + "/" + (count - 1) + ":" + text.substring(from, to);
            from = to;
        }
        return parts;
    }

    /**
     * Takes one that was heard.
     *
     * @param sender who notified of it, as PostgreSQL numbers its connections
     * @return the text of which this was the last part; foreign notifications are texts of their own
     */
    Optional<String> add(int sender, String notification) {
        int slash = notification.indexOf('/');
        int colon = notification.indexOf(':', slash);
        int index = number(notification, 0, slash);
        int last = number(notification, slash + 1, colon);
        if (index < 0 || last < index) {
            return Optional.of(notification);
        }
        String part = notification.substring(colon + 1);
        if (last == 0) {
            return Optional.of(part);
        }
        if (index == 0) {
            started.put(sender, new Started());
        }
        @Nullable Started text = started.get(sender);
        if (text == null || text.next != index) {
            // Not from its beginning, because this node came while it was told.
            started.remove(sender);
            return Optional.empty();
        }
        text.text.append(part);
        text.next++;
        if (index < last) {
            return Optional.empty();
        }
        started.remove(sender);
        return Optional.of(text.text.toString());
    }

    private static int number(String text, int from, int to) {
        if (to <= from || to - from > 9) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
