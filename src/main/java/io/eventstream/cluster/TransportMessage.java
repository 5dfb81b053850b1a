package io.eventstream.cluster;

import java.util.Objects;
import java.util.UUID;

/**
 * What a node tells the others, one line of a text.
 *
 * @param origin the node, as it runs: another one after each start
 * @param storage the storage that numbers belong to; {@link #NO_STORAGE} without one
 * @param sequence how many events that are not stored the node has sent, this one among them
 * @param content what it tells
 */
record TransportMessage(UUID origin, UUID storage, long sequence, Content content) {

    static final UUID NO_STORAGE = new UUID(0, 0);

    /** Checks that nothing is missing. */
    TransportMessage {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(content, "content");
        if (sequence < 0) {
            throw new IllegalArgumentException("A sequence must not be negative, was " + sequence);
        }
    }
}
