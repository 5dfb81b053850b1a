package io.eventstream.broadcast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that were read from the storage at once; their numbers have no gaps. Immutable; safe for use by many threads. */
final class Page implements EventSource {

    private final List<TailEvent> events;
    private final long bytes;

    Page(List<TailEvent> events) {
        this.events = List.copyOf(events);
        this.bytes = events.stream().mapToLong(event -> event.bytes().length).sum();
    }

    @Override
    public @Nullable TailEvent at(long number) {
        if (events.isEmpty()) {
            return null;
        }
        long index = number - events.get(0).number();
        return index < 0 || index >= events.size() ? null : events.get((int) index);
    }

    /** {@return the number of its last event; 0 where there is none} */
    long last() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).number();
    }

    long bytes() {
        return bytes;
    }
}
