package io.eventstream.testapp;

import io.eventstream.spi.ChannelManager;
import io.eventstream.spi.EventStreamUser;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everybody may read everything but what was denied; the user "publisher" may publish. With storage all channels are
 * reliable but those whose names begin with "unrel".
 */
@ApplicationScoped
public class TestChannels implements ChannelManager {

    private final Set<Denial> denials = ConcurrentHashMap.newKeySet();

    private record Denial(String user, String channel) {}

    /** From now on that user may not read that channel. */
    public void deny(String user, String channel) {
        denials.add(new Denial(user, channel));
    }

    /** Everybody may read everything again. */
    public void reset() {
        denials.clear();
    }

    @Override
    public boolean canRead(EventStreamUser user, String channel) {
        return !denials.contains(new Denial(user.name(), channel));
    }

    @Override
    public boolean canPublish(EventStreamUser user, String channel) {
        return user.name().equals("publisher");
    }

    @Override
    public boolean isReliable(String channel) {
        return !channel.startsWith("unrel");
    }
}
