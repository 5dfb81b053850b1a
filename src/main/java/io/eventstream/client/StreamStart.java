package io.eventstream.client;

import java.time.Instant;
import java.util.List;

/**
 * Where a stream begins in channels that are reliable; all others begin with the next event.
 *
 * @param query names and values of query parameters in turn
 */
public record StreamStart(List<String> query) {

    /** Checks that each name has its value. */
    public StreamStart {
        query = List.copyOf(query);
        if (query.size() % 2 != 0) {
            throw new IllegalArgumentException("Names and values must come in pairs, were " + query);
        }
    }

    /** {@return with the next event} */
    public static StreamStart now() {
        return new StreamStart(List.of());
    }

    /** {@return with the oldest event that is stored} */
    public static StreamStart earliest() {
        return after("earliest");
    }

    /**
     * Begins with the event after an id.
     *
     * @param lastEventId such as {@code test:17}
     * @return the start
     */
    public static StreamStart after(String lastEventId) {
        return new StreamStart(List.of("lastEventId", lastEventId));
    }

    /**
     * Begins with the first event that was stored at a time or later.
     *
     * @param time the time
     * @return the start
     */
    public static StreamStart since(Instant time) {
        return new StreamStart(List.of("since", time.toString()));
    }
}
