package io.eventstream.channel;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.config.StorageKind;
import io.eventstream.spi.ChannelManager;
import io.eventstream.spi.EventStreamUser;
import io.eventstream.spi.StreamRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the application's {@link ChannelManager}, or one with all defaults where it has none. Safe for use by many
 * threads.
 */
@ApplicationScoped
public class ChannelAccess {

    private final ChannelManager manager;
    private final List<ChannelPattern> openChannels;
    private final boolean stores;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    ChannelAccess() {
        this.manager = null;
        this.openChannels = null;
        this.stores = false;
    }

    @Inject
    ChannelAccess(Instance<ChannelManager> managers, EventStreamConfig config) {
        this.manager = managers.isUnsatisfied() ? new ChannelManager() {} : managers.get();
        this.stores = config.storage().kind() != StorageKind.NONE;
        this.openChannels =
                config.openChannels().stream().map(ChannelPattern::of).toList();
    }

    /** {@return the channels that a request is for} */
    public Set<String> channels(StreamRequest request) {
        return manager.channels(request);
    }

    /** {@return headers that the manager wants to see} */
    public Set<String> requestHeaders() {
        return manager.requestHeaders();
    }

    /**
     * Who somebody is once it is known which channels are asked for.
     *
     * @param user who asks
     * @param channels what for
     * @param byRoute whether {@code @EventChannels} names them
     * @return the user, with those channels granted that everybody may read
     */
    public EventStreamUser granted(EventStreamUser user, Set<String> channels, boolean byRoute) {
        Set<String> granted =
                byRoute ? channels : channels.stream().filter(this::isOpen).collect(Collectors.toUnmodifiableSet());
        return new EventStreamUser(user.name(), user.roles(), granted);
    }

    private boolean isOpen(String channel) {
        return openChannels.stream().anyMatch(pattern -> pattern.matches(channel));
    }

    /** {@return whether the user may read the channel} */
    public boolean canRead(EventStreamUser user, String channel) {
        return !isOurs(channel) && manager.canRead(user, channel);
    }

    /** {@return whether the user may publish to the channel over HTTP} */
    public boolean canPublish(EventStreamUser user, String channel) {
        return !isOurs(channel) && manager.canPublish(user, channel);
    }

    /** {@return whether the channel's events are stored, so that they have ids and can be replayed} */
    public boolean isReliable(String channel) {
        return stores && (isOurs(channel) || manager.isReliable(channel));
    }

    private static boolean isOurs(String channel) {
        return channel.equals(PermissionEvents.CHANNEL) || channel.equals(PresenceEvents.CHANNEL);
    }
}
