package io.eventstream.spi;

import java.util.Objects;
import java.util.UUID;

/**
 * Which storage this is. Numbers of generation g are above g × 10¹²; those of another generation belong to a storage that
 * was lost or went back in time, and who is at one of them must start anew.
 *
 * @param id made when the storage was set up
 * @param generation 0, and more after each time the storage lost events that somebody may have seen
 */
public record StorageIdentity(UUID id, long generation) {

    /** How many numbers a generation has. */
    public static final long NUMBERS = 1_000_000_000_000L;

    /** The last generation whose numbers JavaScript can hold as integers (2⁵³). */
    public static final long LAST_GENERATION = 9_000;

    /** Checks the generation. */
    public StorageIdentity {
        Objects.requireNonNull(id, "id");
        if (generation < 0 || generation > LAST_GENERATION) {
            throw new IllegalArgumentException(
                    "A generation must be from 0 to " + LAST_GENERATION + ", was " + generation);
        }
    }

    /** {@return the number before that of a channel's first event} */
    public long base() {
        return generation * NUMBERS;
    }
}
