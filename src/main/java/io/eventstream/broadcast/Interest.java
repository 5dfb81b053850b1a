package io.eventstream.broadcast;

import io.eventstream.api.InvalidChannelException;
import io.eventstream.spi.EventStreamUser;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a subscriber listens to, and who it is.
 *
 * @param channels one or more names; kept sorted, which is the order in which pending events of several channels are sent
 * @param types the only types it wants; empty for all
 * @param user who it is
 */
public record Interest(Set<String> channels, Set<String> types, EventStreamUser user) {

    /**
     * Checks the channels.
     *
     * @throws InvalidChannelException if the name of one cannot be one
     * @throws IllegalArgumentException if there is none
     */
    public Interest {
        channels.forEach(InvalidChannelException::requireValid);
        channels = channels.size() == 1 ? Set.copyOf(channels) : Collections.unmodifiableSet(new TreeSet<>(channels));
        types = Set.copyOf(types);
        Objects.requireNonNull(user, "user");
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("A subscriber needs a channel, was " + channels);
        }
    }

    boolean wants(TailEvent event) {
        return (types.isEmpty() || types.contains(event.type()))
                && (event.skipUsers().isEmpty() || !event.skipUsers().contains(user.name()));
    }
}
