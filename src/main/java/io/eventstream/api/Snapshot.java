package io.eventstream.api;

import java.util.Objects;

/**
 * A state, and where its stream goes on: the state holds all that was sent up to the position, and perhaps more.
 *
 * @param <T> what the state is
 * @param position where to listen from
 * @param state as it was read afterwards
 */
public record Snapshot<T>(LastEventId position, T state) {

    /** Checks that there is a position. */
    public Snapshot {
        Objects.requireNonNull(position, "position");
    }
}
