package io.eventstream.cluster;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.channel.PermissionEvents;
import io.eventstream.presence.PresenceExchange;
import io.eventstream.spi.StoredEvent;
import io.eventstream.spi.TransportListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes what other nodes tell to the subscribers of this one. One thread at a time. */
final class Inbox implements TransportListener {

    private static final Logger LOG = System.getLogger(Inbox.class.getName());

    private final UUID self;
    private final StorageMark storage;
    private final ChannelBroadcasterRegistry node;
    private final PermissionWatch permissions;
    private final Optional<PresenceExchange> presence;
    private final Rarely skipped;
    private final Origins origins = new Origins();

    Inbox(
            UUID self,
            StorageMark storage,
            ChannelBroadcasterRegistry node,
            PermissionWatch permissions,
            Optional<PresenceExchange> presence,
            Rarely skipped) {
        this.self = self;
        this.storage = storage;
        this.node = node;
        this.permissions = permissions;
        this.presence = presence;
        this.skipped = skipped;
    }

    /** What was told before has not been heard. */
    @Override
    public void connected() {
        origins.connected();
        node.compareSoon();
        node.resetUnreliable();
        permissions.mayHaveMissed();
    }

    @Override
    public void received(String text) {
        List<StoredEvent> events = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            try {
                TransportMessage message = MessageCodec.decode(line);
                handOver(() -> take(message, events));
            } catch (UnreadableMessageException e) {
                skipped.happened(String.valueOf(e.getMessage()));
                LOG.log(Level.DEBUG, "A message of another node is skipped", e);
            }
        }
        // Together, so that they are moved on with one write.
        handOver(() -> node.receive(events));
    }

    /** What fails here is no fault of the transport's. */
    private static void handOver(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "What another node has told could not be handed to the subscribers", e);
        }
    }

    private void take(TransportMessage message, List<StoredEvent> events) {
        UUID origin = message.origin();
        if (origin.equals(self)) {
            return;
        }
        presence.ifPresent(known -> known.heard(origin));
        long sequence = message.sequence();
        Content content = message.content();
        Origins.Arrival arrival =
                content instanceof Content.Live ? origins.event(origin, sequence) : origins.message(origin, sequence);
        if (arrival == Origins.Arrival.REPEATED) {
            return;
        }
        if (arrival == Origins.Arrival.AFTER_GAP) {
            node.resetUnreliable();
        }
        if (content instanceof Content.Live live) {
            node.publish(live.channel(), live.type(), live.skipUsers(), live.data());
        } else if (content instanceof Content.Event stored) {
            if (isOurs(message, stored.event().channel())) {
                events.add(stored.event());
            }
        } else if (content instanceof Content.Hint hint) {
            if (isOurs(message, hint.channel())) {
                node.announce(hint.channel(), hint.number());
            }
        } else if (content instanceof Content.Permission permission) {
            permissions.changed(permission.changed());
        } else if (content instanceof Content.Presence told) {
            presence.ifPresent(known -> known.received(origin, told.report()));
        } else if (content instanceof Content.LeftOut) {
            node.compareSoon();
            permissions.mayHaveMissed();
        }
    }

    private boolean isOurs(TransportMessage message, String channel) {
        if (!storage.isOurs(message.storage())) {
            skipped.happened("its events are in another storage than this node's");
            return false;
        }
        if (channel.equals(PermissionEvents.CHANNEL)) {
            permissions.look();
        }
        return true;
    }
}
