package io.eventstream.presence;

import io.eventstream.broadcast.Interest;
import io.eventstream.config.ConfigFixtures;
import io.eventstream.spi.EventStreamUser;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** What tests of other packages have of this one. */
public final class PresenceFixtures {

    private PresenceFixtures() {}

    /** {@return a node's, with that clock, and no observers} */
    public static NodePresence presence(LongSupplier clock, String... settings) {
        return new NodePresence(ConfigFixtures.config(settings).presence(), Optional.empty(), clock);
    }

    /** {@return of a user, empty for an anonymous one} */
    public static Interest interest(String user, String... channels) {
        return new Interest(Set.of(channels), Set.of(), new EventStreamUser(user, Set.of(), Set.of()));
    }
}
