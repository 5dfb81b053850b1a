package io.eventstream.broadcast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a channel. Changed under the channel's lock; walked by anybody without it: who walks may miss
 * a change that happens meanwhile, so whoever makes one wakes the subscriber that it concerns.
 */
final class Members {

    /** The index of a subscription that is not, or no longer, a member. */
    static final int NOWHERE = -1;

    private static final int FIRST_SIZE = 4;

    private volatile @Nullable Subscription[] members = new Subscription[FIRST_SIZE];
    private volatile int size;
    private volatile long removals;

    int size() {
        return size;
    }

    /** {@return how many have left: if that has not changed, a walk since has missed nobody} */
    long removals() {
        return removals;
    }

    void add(Subscription subscription) {
        @Nullable Subscription[] slots = members;
        int last = size;
        if (last == slots.length) {
            slots = Arrays.copyOf(slots, last * 2);
            members = slots;
        }
        slots[last] = subscription;
        subscription.index = last;
        size = last + 1;
    }

    /** {@return the subscription that took the place of the removed one, which a walk may have missed; null if none} */
    @Nullable
    Subscription remove(Subscription subscription) {
        @Nullable Subscription[] slots = members;
        int index = subscription.index;
        if (index == NOWHERE) {
            return null;
        }
        long left = removals;
        removals = left + 1;
        int last = size - 1;
        Subscription moved = slots[last];
        subscription.index = NOWHERE;
        slots[index] = moved;
        slots[last] = null;
        size = last;
        if (moved == null || moved == subscription) {
            return null;
        }
        moved.index = index;
        return moved;
    }

    /** {@return a copy, since each that ends leaves and another takes its place} */
    List<Subscriber> subscribers() {
        List<Subscriber> all = new ArrayList<>();
        whileEach(subscription -> all.add(subscription.subscriber));
        return all;
    }

    /** Goes on as long as the answer is true. {@return whether it always was} */
    boolean whileEach(Predicate<Subscription> action) {
        int count = size;
        @Nullable Subscription[] slots = members;
        for (int i = 0; i < count; i++) {
            Subscription subscription = slots[i];
            if (subscription != null && !action.test(subscription)) {
                return false;
            }
        }
        return true;
    }
}
