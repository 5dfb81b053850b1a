package io.eventstream.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * A message that was stored and has its number. Immutable; safe for use by many threads.
 *
 * @param channel the channel's name
 * @param number its number in the channel, one more than that of the event before it; see {@link StorageIdentity}
 * @param type the {@code event:} field
 * @param data what is sent
 * @param skipUsers names of users who do not get it
 * @param storedAt when it was numbered, by the storage's clock, in milliseconds
 */
public record StoredEvent(
        String channel, long number, String type, String data, Set<String> skipUsers, Instant storedAt) {

    /** Checks that nothing is missing, and copies the users. */
    public StoredEvent {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(storedAt, "storedAt");
        skipUsers = Set.copyOf(skipUsers);
        if (number < 1) {
            throw new IllegalArgumentException("The number of an event must be at least 1, was " + number);
        }
    }
}
