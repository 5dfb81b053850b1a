package io.eventstream.broadcast;

import io.eventstream.api.LastEventId;
import java.time.Instant;
import java.util.Objects;

/** Where a subscriber begins in its reliable channels; in the others it always is the next event. */
public sealed interface StartAt {

    /** With the next event. */
    record Now() implements StartAt {}

    /**
     * After the last event that it has seen.
     *
     * @param id its positions; a channel without one begins with the next event
     */
    record After(LastEventId id) implements StartAt {

        /** Checks that there is an id. */
        public After {
            Objects.requireNonNull(id, "id");
        }
    }

    /** With the oldest event that is still stored. */
    record Earliest() implements StartAt {}

    /**
     * With the first event that was stored at a time or later.
     *
     * @param time by the storage's clock
     */
    record Since(Instant time) implements StartAt {

        /** Checks that there is a time. */
        public Since {
            Objects.requireNonNull(time, "time");
        }
    }
}
