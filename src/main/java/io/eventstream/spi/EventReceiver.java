package io.eventstream.spi;

import java.util.List;

/** Takes what was stored and numbered on to the subscribers of all nodes. Safe for use by many threads. */
@FunctionalInterface
public interface EventReceiver {

    /**
     * Takes events of any channels. They may come late, twice, or before others with smaller numbers: whoever receives them
     * sorts that out, and reads from the storage what is missing. Neither waits nor throws.
     *
     * @param events each channel's in the order of their numbers
     */
    void receive(List<StoredEvent> events);

    /**
     * The same of events that another node has numbered, and has told the other nodes of.
     *
     * @param events each channel's in the order of their numbers
     */
    default void receiveFromOther(List<StoredEvent> events) {
        receive(events);
    }
}
