package io.eventstream.api;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who listens to a channel, on all nodes, as far as the asked one knows: {@link EventStream#presence} says how late that is.
 *
 * @param channel the channel's name
 * @param count how many subscribers there are; somebody with two open pages is two
 * @param users the names of those who are signed in, each once, in the order of {@link String#compareTo}; at most
 *     {@code eventstream.presence.max-users}, and empty where the setting {@code eventstream.presence} does not ask for them
 */
public record ChannelPresence(String channel, long count, Set<String> users) {

    /**
     * Checks and copies.
     *
     * @throws InvalidChannelException if the channel's name cannot be one
     * @throws IllegalArgumentException if the count is negative, there are more users than subscribers, or one has no name
     */
    public ChannelPresence {
        Names.checkedChannel(Objects.requireNonNull(channel, "channel"));
        users = Collections.unmodifiableSet(new TreeSet<>(users));
        if (count < users.size()) {
            throw new IllegalArgumentException(
                    "A channel with " + users.size() + " users has as many subscribers, was " + count);
        }
        if (users.contains("")) {
            throw new IllegalArgumentException("Subscribers without a name are counted only, was " + users);
        }
    }
}
