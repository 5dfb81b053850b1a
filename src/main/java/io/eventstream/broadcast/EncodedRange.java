package io.eventstream.broadcast;

import java.util.Set;

/**
 * Events of a channel after a position, joined for one write and shared by all who are at that position.
 *
 * @param source where they stand
 * @param from the position that they follow
 * @param to the number up to which they were asked for
 * @param types the only types among them; empty for all
 * @param reached the position after them, below {@code to} where one write cannot carry all
 * @param lastWanted the number of the last one that is among the bytes; 0 for none
 * @param skipped users who do not get one of them, so need a range of their own
 * @param bytes never changed
 */
record EncodedRange(
        EventSource source,
        long from,
        long to,
        Set<String> types,
        long reached,
        long lastWanted,
        Set<String> skipped,
        byte[] bytes) {

    @SuppressWarnings("ReferenceEquality") // of two sources of the same content one may be about to change
    boolean serves(EventSource of, long after, long upTo, Interest interest) {
        return source == of
                && from == after
                && to == upTo
                && types.equals(interest.types())
                && (skipped.isEmpty() || !skipped.contains(interest.user().name()));
    }
}
