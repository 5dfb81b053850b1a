package io.eventstream.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far each of the other nodes has come with events that are not stored, so that repeats are dropped and losses noticed.
 * One thread at a time.
 */
final class Origins {

    /** Each start of a node is another one; those that were not heard of for longest are forgotten. */
    private static final int MOST = 1000;

    private record Known(long sequence, int connection) {}

    private final Map<UUID, Known> origins = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
            return size() > MOST;
        }
    };

    private int connection;

    /** What is missing from before this is no news. */
    void connected() {
        connection++;
    }

    /** What a message means for the events before it. */
    enum Arrival {
        /** Nothing is missing. */
        NEXT,
        /** It has been here, or a later one has. */
        REPEATED,
        /** Events before it have not been here, and will not be. */
        AFTER_GAP
    }

    /** An event has arrived. */
    Arrival event(UUID origin, long sequence) {
        Known known = origins.get(origin);
        if (known != null && sequence <= known.sequence) {
            return Arrival.REPEATED;
        }
        return arrived(origin, sequence, known, sequence - 1);
    }

    /** Another message has arrived, which tells how many events there were before it. */
    Arrival message(UUID origin, long sequence) {
        Known known = origins.get(origin);
        if (known != null && sequence <= known.sequence) {
            return Arrival.NEXT;
        }
        return arrived(origin, sequence, known, sequence);
    }

    private Arrival arrived(UUID origin, long sequence, @Nullable Known known, long before) {
        origins.put(origin, new Known(sequence, connection));
        return known != null && known.connection == connection && known.sequence < before
                ? Arrival.AFTER_GAP
                : Arrival.NEXT;
    }
}
