package io.eventstream.broadcast;

import java.util.Set;

/**
 * Events of a tail after a position, joined for one write and shared by all who are at that position.
 *
 * @param tail whose they are
 * @param from the position that they follow
 * @param to the number up to which they were asked for
 * @param types the only types among them; empty for all
 * @param reached the position after them, below {@code to} where one write cannot carry all
 * @param skipped users who do not get one of them, so need a range of their own
 * @param bytes never changed
 */
record EncodedRange(
        ChannelTail tail, long from, long to, Set<String> types, long reached, Set<String> skipped, byte[] bytes) {

    boolean serves(ChannelTail ofTail, long after, long upTo, Interest interest) {
        return tail == ofTail
                && from == after
                && to == upTo
                && types.equals(interest.types())
                && (skipped.isEmpty() || !skipped.contains(interest.user().name()));
    }
}
