package io.eventstream.broadcast;

import io.eventstream.sse.ControlEvents;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a subscriber is in each of its channels. Moved only by whoever has the subscriber's right to drain.
 *
 * @param subscriptions in the order in which their events are sent
 */
record Positions(List<Subscription> subscriptions) {

    static final Positions NONE = new Positions(List.of());

    Positions {
        subscriptions = List.copyOf(subscriptions);
    }

    /** {@return whether there is anything in a tail that the subscriber has not passed} */
    boolean areBehind() {
        for (Subscription subscription : subscriptions) {
            if (subscription.isBehind()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes what one write can carry of all that is pending, and moves past it.
     *
     * @return whole events, shared where there is one channel; with a reset where a tail no longer holds some; empty
     *     where none is wanted
     */
    byte[] take(Interest interest) {
        return subscriptions.size() == 1 ? takeFrom(subscriptions.get(0), interest) : takeFromAll(interest);
    }

    private static byte[] takeFrom(Subscription only, Interest interest) {
        while (only.isBehind()) {
            byte[] bytes = only.take(interest);
            if (bytes == null) {
                return ControlEvents.reset(List.of(only.channel.name()));
            }
            if (bytes.length > 0) {
                return bytes;
            }
        }
        return new byte[0];
    }

    private byte[] takeFromAll(Interest interest) {
        var bytes = new ByteArrayOutputStream();
        List<String> missed = new ArrayList<>();
        for (Subscription subscription : subscriptions) {
            while (subscription.isBehind() && bytes.size() < RangeEncoder.MAX_WRITE) {
                byte[] taken = subscription.take(interest);
                if (taken == null) {
                    missed.add(subscription.channel.name());
                } else {
                    bytes.writeBytes(taken);
                }
            }
        }
        if (!missed.isEmpty()) {
            bytes.writeBytes(ControlEvents.reset(missed));
        }
        return bytes.toByteArray();
    }
}
