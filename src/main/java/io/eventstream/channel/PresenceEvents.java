package io.eventstream.channel;

import io.eventstream.spi.EncodedMessage;
import java.time.Duration;
import java.util.Set;

/**
 * What nodes without a transport tell each other of who listens, as events of a reliable channel that is ours: so each storage
 * can carry it, and none needs anything for it.
 */
public final class PresenceEvents {

    /** The channel. Nobody may read it, or publish to it over HTTP without the token. */
    public static final String CHANNEL = "eventstream:presence";

    /** How long they are kept. Whoever has not read for so long is told everything again. */
    public static final Duration RETENTION = Duration.ofMinutes(1);

    private static final String TYPE = "presence";

    private PresenceEvents() {}

    /** {@return the message that carries a text} */
    public static EncodedMessage message(String text) {
        return new EncodedMessage(CHANNEL, TYPE, text, Set.of());
    }
}
