package io.eventstream.spi;

import java.time.Duration;

/** How long the events of a channel are kept. */
@FunctionalInterface
public interface Retention {

    /**
     * The time for one channel.
     *
     * @param channel its name
     * @return how long after it was numbered an event may be purged; not negative
     */
    Duration of(String channel);
}
