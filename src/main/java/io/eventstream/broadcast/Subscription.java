package io.eventstream.broadcast;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscriber's position in one channel. Moved only by whoever has the subscriber's right to drain. */
final class Subscription {

    private static final byte[] NOTHING = {};
    private static final long NOWHERE_YET = Long.MAX_VALUE;
    private static final long NOT_WAITING = -1;
    private static final VarHandle POSITION = positionHandle();

    final LiveChannel channel;
    final Subscriber subscriber;

    /** Where the channel keeps it; guarded by the channel's lock. */
    int index = Members.NOWHERE;

    private volatile long position;

    /** The same subscriber's position among those events of a reliable channel that are not stored. */
    private volatile @Nullable Subscription unstored;

    // For whoever has the right to drain.
    private long shown;
    private long waitsFor = NOT_WAITING;

    private Subscription(LiveChannel channel, Subscriber subscriber, long position) {
        this.channel = channel;
        this.subscriber = subscriber;
        this.position = position;
    }

    /** {@return one that begins after a number} */
    static Subscription at(long position, LiveChannel channel, Subscriber subscriber) {
        return new Subscription(channel, subscriber, position);
    }

    /** {@return one that is nowhere until {@link #begin} is called} */
    static Subscription nowhere(LiveChannel channel, Subscriber subscriber) {
        return new Subscription(channel, subscriber, NOWHERE_YET);
    }

    /** Before its subscriber has the right to be drained. */
    void begin(long from) {
        position = from;
        shown = from;
    }

    /** {@return what a reliable channel has beside its tail} */
    StoredChannel stored() {
        StoredChannel stored = channel.stored();
        if (stored == null) {
            throw new IllegalStateException(channel + " is not stored");
        }
        return stored;
    }

    boolean isStored() {
        return channel.stored() != null;
    }

    void unstored(@Nullable Subscription beside) {
        unstored = beside;
    }

    @Nullable
    Subscription unstored() {
        return unstored;
    }

    /** {@return the number of the last event that was handed to the sink, or passed over} */
    long position() {
        return position;
    }

    /** {@return whether its client has not been told an id of its position} */
    boolean hasPassedSilently() {
        return isStored() && shown != position;
    }

    /** The client has been told where it is. */
    void shown() {
        shown = position;
    }

    boolean isBehind() {
        Subscription beside = unstored;
        return (position < channel.movement().reach() && !isWaiting()) || (beside != null && beside.isBehind());
    }

    private boolean isWaiting() {
        return waitsFor != NOT_WAITING && stored().pages().changes() == waitsFor;
    }

    /**
     * Takes what one write can carry of the events that are pending, and moves past them.
     *
     * @return their bytes, empty where none of them is wanted or the storage has to be read first; null if they are not
     *     there any more: then the position is the newest event's
     */
    byte @Nullable [] take(Interest interest) {
        Subscription beside = unstored;
        if (beside != null && beside.isBehind()) {
            return beside.take(interest);
        }
        long from = position;
        long to = channel.movement().reach();
        if (to - from == 1) {
            TailEvent event = channel.tail().at(to);
            if (event != null) {
                moveTo(to);
                return interest.wants(event) ? shown(event) : NOTHING;
            }
        } else if (from < to) {
            EncodedRange range = channel.movement().ranges().range(channel.tail(), from, to, interest);
            if (range != null) {
                return taken(range);
            }
        } else {
            return NOTHING;
        }
        return isStored() ? takeStored(from, to, interest) : missed(to);
    }

    private byte @Nullable [] takeStored(long from, long to, Interest interest) {
        Pages.Found found = find(from + 1);
        if (found instanceof Pages.Found.Here here) {
            Page page = here.page();
            EncodedRange range = channel.movement().ranges().range(page, from, Math.min(to, page.last()), interest);
            return range == null ? NOTHING : taken(range);
        }
        return found instanceof Pages.Found.Gone ? missed(to) : NOTHING;
    }

    /** What is found counts, even if it has changed a moment later: whoever changes it has this subscriber moved again. */
    private Pages.Found find(long number) {
        Pages.Found found = stored().pages().find(number);
        waitsFor = found instanceof Pages.Found.Awaited awaited ? awaited.change() : NOT_WAITING;
        return found;
    }

    private byte[] shown(TailEvent event) {
        shown = event.number();
        return event.bytes();
    }

    private byte[] taken(EncodedRange range) {
        moveTo(range.reached());
        if (range.lastWanted() > 0) {
            shown = range.lastWanted();
        }
        return range.bytes();
    }

    private byte @Nullable [] missed(long to) {
        moveTo(to);
        return null;
    }

    /** What came of {@link #takeOne}. */
    enum Taken {
        /** The event was handed over. */
        WANTED,
        /** It was passed over. */
        PASSED,
        /** The storage has to be read first. */
        AWAITED,
        /** It is not there any more: the position is the newest event's now. */
        GONE
    }

    /**
     * Takes the next event, and moves past it.
     *
     * @param wanted is given it if it is wanted; the position is the event's by then
     */
    Taken takeOne(Interest interest, Consumer<TailEvent> wanted) {
        long next = position + 1;
        TailEvent event = channel.tail().at(next);
        if (event == null && isStored()) {
            Pages.Found found = find(next);
            if (found instanceof Pages.Found.Awaited) {
                return Taken.AWAITED;
            }
            event = found instanceof Pages.Found.Here here ? here.page().at(next) : null;
        }
        if (event == null) {
            moveTo(channel.movement().reach());
            return Taken.GONE;
        }
        moveTo(next);
        if (!interest.wants(event)) {
            return Taken.PASSED;
        }
        wanted.accept(event);
        return Taken.WANTED;
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
