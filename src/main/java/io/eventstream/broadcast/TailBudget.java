package io.eventstream.broadcast;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes that the tails of this node hold together, and their bound. Safe for use by many threads. */
final class TailBudget {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    TailBudget(long limit) {
        this.limit = limit;
    }

    /** Notes that a tail grew, or shrank where negative. {@return whether all together are over the bound} */
    boolean add(long bytes) {
        return held.addAndGet(bytes) > limit;
    }

    /** {@return by how much all together are over the bound, 0 if they are not} */
    long excess() {
        return Math.max(0, held.get() - limit);
    }

    /** {@return bytes that are held} */
    long held() {
        return held.get();
    }

    /** Over the bound: each tail in turn lets go of what it can, so that slow subscribers pay and memory holds. */
    void reduce(Collection<LiveChannel> channels) {
        List<LiveChannel> inTurn = channels.stream()
                // Those of reliable channels first, and the idle ones of them: what they held can be read again.
                .sorted(Comparator.comparingInt((LiveChannel channel) -> channel.stored() == null ? 1 : 0)
                        .thenComparingLong(channel -> channel.movement().dispatched()))
                .toList();
        for (LiveChannel channel : inTurn) {
            long excess = excess();
            if (excess == 0) {
                return;
            }
            held.addAndGet(-channel.shed(excess));
        }
    }
}
