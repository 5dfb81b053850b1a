package io.eventstream.broadcast;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Joins pending events for one write, and remembers the last ranges of a channel, since most subscribers are at the
 * same position. Safe for use by many threads: a range is immutable, and one that is overwritten is made again.
 */
final class RangeEncoder {

    /** What one write carries at most, or one event where that is larger: 64 KiB. */
    static final int MAX_WRITE = 64 << 10;

    private static final int REMEMBERED = 4;

    private final AtomicReferenceArray<@Nullable EncodedRange> recent = new AtomicReferenceArray<>(REMEMBERED);

    /**
     * The events after a position that somebody wants.
     *
     * @param source where they stand
     * @param from the position
     * @param to the number up to which they are wanted
     * @param interest who wants which
     * @return the range, or null where not all of it is there
     */
    @Nullable
    EncodedRange range(EventSource source, long from, long to, Interest interest) {
        int place = (int) (from & REMEMBERED - 1);
        EncodedRange known = recent.get(place);
        if (known != null && known.serves(source, from, to, interest)) {
            return known;
        }
        EncodedRange made = join(source, from, to, interest);
        if (made != null && !made.skipped().contains(interest.user().name())) {
            recent.set(place, made);
        }
        return made;
    }

    /** Forgets the ranges, whose bytes stand in no account. */
    void clear() {
        for (int i = 0; i < REMEMBERED; i++) {
            recent.set(i, null);
        }
    }

    private static @Nullable EncodedRange join(EventSource source, long from, long to, Interest interest) {
        List<byte[]> parts = new ArrayList<>();
        Set<String> skipped = new HashSet<>();
        int length = 0;
        long reached = from;
        long lastWanted = 0;
        while (reached < to) {
            TailEvent event = source.at(reached + 1);
            if (event == null) {
                return null;
            }
            byte[] bytes = event.bytes();
            if (interest.wants(event)) {
                if (length > 0 && length + bytes.length > MAX_WRITE) {
                    break;
                }
                parts.add(bytes);
                length += bytes.length;
                lastWanted = event.number();
            }
            skipped.addAll(event.skipUsers());
            reached++;
        }
        return new EncodedRange(
                source, from, to, interest.types(), reached, lastWanted, Set.copyOf(skipped), joined(parts, length));
    }

    private static byte[] joined(List<byte[]> parts, int length) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
