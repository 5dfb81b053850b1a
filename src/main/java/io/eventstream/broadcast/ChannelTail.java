package io.eventstream.broadcast;

import io.eventstream.config.EventStreamConfig.Tail;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a channel, encoded, in a ring bounded by count and bytes; the newest is always kept, however
 * large.
 *
 * <p>One writer at a time, which the channel's lock sees to; readers at any time without a lock: a slot is
 * immutable and names its number, so that a reader who is overtaken sees another number, never another event.
 */
final class ChannelTail implements EventSource {

    private static final int FIRST_SIZE = 4;

    private final int maxEvents;
    private final long maxBytes;

    private volatile @Nullable TailEvent[] ring = new TailEvent[FIRST_SIZE];
    /** The newest event's number, 0 before the first. Written after the ring, so whoever sees it sees the slot. */
    private volatile long head;

    private long oldest = 1;
    private long bytes;

    ChannelTail(Tail limits) {
        this.maxEvents = limits.events();
        this.maxBytes = limits.bytes();
    }

    /** {@return the number of the newest event, 0 before the first} */
    long head() {
        return head;
    }

    @Override
    public @Nullable TailEvent at(long number) {
        @Nullable TailEvent[] slots = ring;
        TailEvent event = slots[slot(number, slots)];
        return event != null && event.number() == number ? event : null;
    }

    /** Adds the newest event, whose number is one more than the head. Writer only. {@return by how many bytes it grew} */
    long append(TailEvent event) {
        long before = bytes;
        long number = event.number();
        int length = event.bytes().length;
        while (oldest < number && (number - oldest >= maxEvents || bytes + length > maxBytes)) {
            evictOldest();
        }
        if (number - oldest >= ring.length) {
            grow();
        }
        @Nullable TailEvent[] slots = ring;
        slots[slot(number, slots)] = event;
        bytes += length;
        head = number;
        return bytes - before;
    }

    /**
     * Lets go of events that nobody needs any more. Writer only.
     *
     * @param upTo the last of them
     * @return by how many bytes the tail shrank
     */
    long forget(long upTo) {
        long before = bytes;
        while (oldest <= upTo && oldest <= head) {
            evictOldest();
        }
        return before - bytes;
    }

    /** Forgets everything: the next event is the one after this number. Writer only. {@return by how many bytes it shrank} */
    long startAfter(long number) {
        long before = bytes;
        while (oldest <= head) {
            evictOldest();
        }
        oldest = number + 1;
        head = number;
        return before;
    }

    /** {@return bytes held; writer only} */
    long bytes() {
        return bytes;
    }

    /** {@return how many events are held; writer only} */
    long size() {
        return head - oldest + 1;
    }

    private void evictOldest() {
        @Nullable TailEvent[] slots = ring;
        int index = slot(oldest, slots);
        TailEvent event = slots[index];
        if (event != null) {
            bytes -= event.bytes().length;
            slots[index] = null;
        }
        oldest++;
    }

    /** Readers may go on with the smaller ring: what it holds stays true. */
    private void grow() {
        @Nullable TailEvent[] small = ring;
        @Nullable TailEvent[] large = new TailEvent[small.length * 2];
        for (TailEvent event : small) {
            if (event != null) {
                large[slot(event.number(), large)] = event;
            }
        }
        ring = large;
    }

    private static int slot(long number, @Nullable TailEvent[] slots) {
        return (int) (number & slots.length - 1);
    }

    @Override
    public String toString() {
        return "tail of " + Arrays.stream(ring).filter(e -> e != null).count() + " events to " + head;
    }
}
