package io.eventstream.cluster;

import io.eventstream.api.ChannelPresence;
import io.eventstream.presence.NodePresence;
import io.eventstream.presence.PresenceExchange;
import io.eventstream.presence.PresenceFixtures;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.EventTransport;
import java.util.function.LongSupplier;

/** A node that tells by the storage alone who listens to it, when the test lets it. One thread at a time. */
public final class StoredPresenceNode {

    private final NodePresence presence;
    private final StoredPresence stored;

    /** Made with a clock, as {@link System#nanoTime} is. */
    public StoredPresenceNode(EventStorage storage, LongSupplier clock) {
        this.presence = PresenceFixtures.presence(clock, "eventstream.presence", "users");
        PresenceExchange exchange = presence.exchange(StoredPresence.LARGEST, EventTransport.HEARTBEAT)
                .orElseThrow();
        this.stored = new StoredPresence(storage, exchange);
    }

    /** Somebody comes; the name is empty for who is anonymous. {@return how he goes} */
    public Runnable comes(String user, String... channels) {
        return presence.begins(PresenceFixtures.interest(user, channels));
    }

    /** Hears and tells, as it does each second. */
    public void turn() {
        stored.turn();
    }

    /** It is stopped in an orderly way. */
    public void leave() {
        stored.farewell();
    }

    /** {@return who listens, as it knows it} */
    public ChannelPresence of(String channel) {
        return presence.of(channel);
    }
}
