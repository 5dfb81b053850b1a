package io.eventstream.api;

import java.util.Objects;

/**
 * Fired as a CDI event: what a user may read has changed. Each stream of that user which listens to the channel and may
 * no longer do so is ended with a {@code stream-error}; the others are left alone.
 *
 * @param user the user's name; empty for everybody who is not signed in
 * @param channel the channel's name
 */
public record ChannelPermissionChanged(String user, String channel) {

    /**
     * Checks the channel.
     *
     * @throws InvalidChannelException if the channel's name cannot be one
     */
    public ChannelPermissionChanged {
        Objects.requireNonNull(user, "user");
        Names.checkedChannel(Objects.requireNonNull(channel, "channel"));
    }
}
