package io.eventstream.broadcast;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A subscriber's position in one channel. Moved only by whoever has the subscriber's right to drain. */
final class Subscription {

    private static final byte[] NOTHING = {};
    private static final VarHandle POSITION = positionHandle();

    final LiveChannel channel;
    final Subscriber subscriber;

    /** Where the channel keeps it; guarded by the channel's lock. */
    int index = Members.NOWHERE;

    private volatile long position;

    Subscription(LiveChannel channel, Subscriber subscriber, long position) {
        this.channel = channel;
        this.subscriber = subscriber;
        this.position = position;
    }

    /** {@return the number of the last event that was handed to the sink, or passed over} */
    long position() {
        return position;
    }

    boolean isBehind() {
        return position < channel.reach();
    }

    /**
     * Takes what one write can carry of the events that are pending, and moves past them.
     *
     * @return their bytes, empty where none of them is wanted; null if the tail no longer holds them: then the position
     *     is the newest event's
     */
    byte @Nullable [] take(Interest interest) {
        long from = position;
        long to = channel.reach();
        if (to - from == 1) {
            TailEvent event = channel.tail().at(to);
            moveTo(to);
            if (event == null) {
                return null;
            }
            return interest.wants(event) ? event.bytes() : NOTHING;
        }
        EncodedRange range = channel.ranges().range(channel.tail(), from, to, interest);
        moveTo(range == null ? to : range.reached());
        return range == null ? null : range.bytes();
    }

    /** Others read positions only to learn what everybody has passed, for which a late value is good enough. */
    private void moveTo(long number) {
        POSITION.setRelease(this, number);
    }

    private static VarHandle positionHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Subscription.class, "position", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
