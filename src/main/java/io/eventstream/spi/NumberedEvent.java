package io.eventstream.spi;

import java.util.Objects;

/**
 * An event that was written by {@link EventStorage#join} and got its number later.
 *
 * @param key what {@code join} returned
 * @param event the event
 */
public record NumberedEvent(long key, StoredEvent event) {

    /** Checks that there is an event. */
    public NumberedEvent {
        Objects.requireNonNull(event, "event");
    }
}
