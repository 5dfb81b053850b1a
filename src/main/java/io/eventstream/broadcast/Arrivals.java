package io.eventstream.broadcast;

import io.eventstream.config.EventStreamConfig.Tail;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the stored events of a channel into the order of their numbers: what has come before is dropped, what comes too
 * early is set aside. Guarded by the channel's lock.
 */
final class Arrivals {

    private final Tail limits;
    private final TreeMap<Long, TailEvent> aside = new TreeMap<>();
    private long asideBytes;
    private long newest;
    private boolean begun;

    Arrivals(Tail limits) {
        this.limits = limits;
    }

    /** Where the tail begins is known now. {@return by how many bytes the tail grew} */
    long begin(long head, ChannelTail tail) {
        if (begun) {
            return 0;
        }
        begun = true;
        return startAfter(head, tail);
    }

    /** What lies before is left to the storage. {@return by how many bytes the tail grew} */
    long startAfter(long head, ChannelTail tail) {
        long shrunk = tail.startAfter(head);
        newest = Math.max(newest, head);
        return takeAside(tail) - shrunk;
    }

    /** Takes an event. {@return by how many bytes the tail grew} */
    long accept(TailEvent event, ChannelTail tail) {
        newest = Math.max(newest, event.number());
        if (begun && event.number() == tail.head() + 1) {
            return tail.append(event) + takeAside(tail);
        }
        if (!begun || event.number() > tail.head()) {
            setAside(event);
        }
        return 0;
    }

    /** The storage has an event of that number. */
    void announce(long number) {
        newest = Math.max(newest, number);
    }

    /** {@return the largest number that was heard of} */
    long newest() {
        return newest;
    }

    /** {@return whether there is an event after the tail's newest} */
    boolean areMissing(ChannelTail tail) {
        return begun && newest > tail.head();
    }

    private long takeAside(ChannelTail tail) {
        long grown = 0;
        for (Map.Entry<Long, TailEvent> first = aside.firstEntry();
                first != null && first.getKey() <= tail.head() + 1;
                first = aside.firstEntry()) {
            aside.remove(first.getKey());
            TailEvent next = first.getValue();
            asideBytes -= next.bytes().length;
            if (next.number() == tail.head() + 1) {
                grown += tail.append(next);
            }
        }
        return grown;
    }

    /** Within the bounds of the tail; the latest ones go first, since they are needed last. */
    private void setAside(TailEvent event) {
        if (aside.put(event.number(), event) == null) {
            asideBytes += event.bytes().length;
        }
        while (aside.size() > limits.events() || (asideBytes > limits.bytes() && aside.size() > 1)) {
            TailEvent last = aside.pollLastEntry().getValue();
            asideBytes -= last.bytes().length;
        }
    }
}
