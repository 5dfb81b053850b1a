package io.eventstream.cluster;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.broadcast.VirtualNode;
import io.eventstream.channel.PermissionEvents;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A node with all that this package gives it, but for threads: it tells and hears when time passes. */
final class ClusterMember implements AutoCloseable {

    /** So that some events are too long for the transport, and some do not find room. */
    private static final int SHORT = 400;

    private static final int FEW = 20;

    final int index;
    final VirtualNode node;
    final Inbox inbox;

    private final MemoryStorage storage;
    private final HostileBus bus;
    private final Outbox outbox;
    private final Packing packing;
    private final StorageMark mark;
    private final PermissionWatch permissions;
    private final Duration poll;
    private Duration sincePoll = Duration.ZERO;
    private int lives;

    ClusterMember(
            int index, MemoryStorage storage, Permissions manager, HostileBus bus, Duration poll, boolean narrow) {
        UUID self = new UUID(1, index);
        this.index = index;
        this.storage = storage;
        this.bus = bus;
        this.poll = poll;
        this.node = new VirtualNode(storage, manager, "eventstream.tail.events", "4", "eventstream.replay.page", "3");
        this.outbox = new Outbox(narrow ? FEW : 10_000, 1 << 20);
        this.packing = new Packing(self, narrow ? SHORT : 1 << 20, silent());
        this.mark = new StorageMark(Optional.of(storage), System::nanoTime);
        mark.read();
        this.permissions = new PermissionWatch(Optional.of(storage), mark, poll, node.registry());
        this.inbox = new Inbox(self, mark, node.registry(), permissions, Optional.empty(), silent());
        bus.join(this);
        inbox.connected();
    }

    private static Rarely silent() {
        return new Rarely("", System::nanoTime, text -> {});
    }

    /** As the storage's threads do with what they have numbered. */
    void store(String channel, String data) {
        StoredEvent event = storage.append(channel, data);
        node.registry().receive(List.of(event));
        outbox.stored(List.of(event));
    }

    void live(String channel) {
        lives++;
        String data = index + " " + lives;
        node.registry().publish(channel, "message", Set.of(), data);
        outbox.live(channel, "message", data, Set.of());
    }

    /** {@return how many live events it has sent} */
    int lives() {
        return lives;
    }

    void permissionChanged(String user, String channel) {
        node.registry().recheck(user, channel);
        outbox.stored(List.of(storage.append(PermissionEvents.message(new ChannelPermissionChanged(user, channel)))));
    }

    void pass(Duration time) {
        if (bus.isUp()) {
            packing.pack(outbox.take(500, Duration.ZERO), mark.id()).forEach(text -> bus.publish(this, text));
        }
        node.pass(time);
        sincePoll = sincePoll.plus(time);
        if (sincePoll.compareTo(poll) >= 0) {
            sincePoll = Duration.ZERO;
            permissions.turn();
        }
        node.pass(Duration.ZERO);
    }

    @Override
    public void close() {
        node.close();
    }
}
