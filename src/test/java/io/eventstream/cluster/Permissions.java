package io.eventstream.cluster;

import io.eventstream.spi.ChannelManager;
import io.eventstream.spi.EventStreamUser;
import java.util.HashSet;
import java.util.Set;

/** Who may no longer read what; the same for all nodes. */
class Permissions implements ChannelManager {

    private final Set<String> revoked = new HashSet<>();

    /** {@return whether it was not revoked before} */
    boolean revoke(String user, String channel) {
        return revoked.add(user + " " + channel);
    }

    boolean areRevoked() {
        return !revoked.isEmpty();
    }

    @Override
    public boolean canRead(EventStreamUser user, String channel) {
        return mayRead(user.name(), channel);
    }

    boolean mayRead(String user, String channel) {
        return !revoked.contains(user + " " + channel);
    }
}
