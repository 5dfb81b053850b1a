package io.eventstream.spi;

import java.util.List;

/**
 * What {@link EventStorage#append} stored and numbered. In each channel the older ones have the smaller numbers; all of
 * them are to be broadcast.
 *
 * @param older events that had waited for their number, in the order of their numbers
 * @param own the messages of the call, in their order
 */
public record Appended(List<NumberedEvent> older, List<StoredEvent> own) {

    /** Copies the lists. */
    public Appended {
        older = List.copyOf(older);
        own = List.copyOf(own);
    }
}
