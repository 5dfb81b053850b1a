package io.eventstream.api;

import java.util.Objects;

/**
 * Fired as a CDI event when somebody begins to listen to a channel: once for each channel of each stream that was opened, on
 * the node to which the client is connected, whatever {@code eventstream.presence} says. Streams that were refused are not
 * told of. {@link Unsubscribed} follows when the stream ends.
 *
 * <p>Only observers with {@code @Observes} are called, one at a time, on a thread of the library's that is in no transaction
 * and no request; so nothing waits for them. If they fall behind by 100,000 streams, those who come then are not told of,
 * neither their begin nor their end, and there is a WARNING. What an observer throws is logged.
 *
 * @param channel the channel's name
 * @param user the user's name; empty for everybody who is not signed in
 */
public record Subscribed(String channel, String user) {

    /**
     * Checks the channel.
     *
     * @throws InvalidChannelException if the channel's name cannot be one
     */
    public Subscribed {
        Objects.requireNonNull(user, "user");
        Names.checkedChannel(Objects.requireNonNull(channel, "channel"));
    }
}
