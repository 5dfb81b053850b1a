package io.eventstream.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a channel begins and ends in storage. A client at position p has missed nothing that is gone if
 * {@code oldest - 1 <= p <= newest}.
 *
 * @param newest number of the newest event; where there was none yet, the number before that of the first
 * @param oldest number of the oldest event that is still there; {@code newest + 1} where none is
 * @param born when the channel got its first event, by the storage's clock; empty where it never had one
 */
public record ChannelHead(long newest, long oldest, Optional<Instant> born) {

    /** Checks that the one is not before the other. */
    public ChannelHead {
        if (oldest > newest + 1) {
            throw new IllegalArgumentException(
                    "The oldest must not be after newest + 1, was " + oldest + " of " + newest);
        }
    }
}
