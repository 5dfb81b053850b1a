package io.eventstream.api;

import java.util.Objects;

/**
 * Fired as a CDI event when somebody has ceased to listen to a channel, for whatever reason: once for each
 * {@link Subscribed}, after it and in the same way. That a client has gone shows only when something is sent to it, so it may
 * be as late as three keep-alives. It is not fired for those who are left when the application ends.
 *
 * @param channel the channel's name
 * @param user the user's name; empty for everybody who is not signed in
 */
public record Unsubscribed(String channel, String user) {

    /**
     * Checks the channel.
     *
     * @throws InvalidChannelException if the channel's name cannot be one
     */
    public Unsubscribed {
        Objects.requireNonNull(user, "user");
        Names.checkedChannel(Objects.requireNonNull(channel, "channel"));
    }
}
