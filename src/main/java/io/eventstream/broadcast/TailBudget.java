package io.eventstream.broadcast;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;

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

    /** Takes from tails in turn until all together fit. Each is told the excess and answers what it let go of. */
    void reduce(Iterable<? extends LongUnaryOperator> tails) {
        for (LongUnaryOperator tail : tails) {
            long excess = excess();
            if (excess == 0) {
                return;
            }
            held.addAndGet(-tail.applyAsLong(excess));
        }
    }
}
