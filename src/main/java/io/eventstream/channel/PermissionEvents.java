package io.eventstream.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.api.InvalidChannelException;
import io.eventstream.spi.EncodedMessage;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.Set;

/**
 * Changes of permissions as events of a reliable channel that is ours: so they commit with the transaction in which they were
 * told, and no node misses one, whatever a transport loses.
 */
public final class PermissionEvents {

    /** The channel. Nobody may read it, or publish to it over HTTP without the token. */
    public static final String CHANNEL = "eventstream:permissions";

    private static final String TYPE = "permission";

    private PermissionEvents() {}

    /** {@return the message that tells of a change} */
    public static EncodedMessage message(ChannelPermissionChanged changed) {
        return new EncodedMessage(CHANNEL, TYPE, encoded(changed.user()) + " " + encoded(changed.channel()), Set.of());
    }

    /** {@return the change that an event's data tells of; empty where it is none of ours} */
    public static Optional<ChannelPermissionChanged> parse(String data) {
        String[] parts = data.split(" ", -1);
        try {
            return parts.length == 2
                    ? Optional.of(new ChannelPermissionChanged(decoded(parts[0]), decoded(parts[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException | InvalidChannelException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
