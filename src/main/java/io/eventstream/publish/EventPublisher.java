package io.eventstream.publish;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.api.ChannelPresence;
import io.eventstream.api.EventStream;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.InvalidChannelException;
import io.eventstream.api.LastEventId;
import io.eventstream.api.SendRolledBackException;
import io.eventstream.api.Snapshot;
import io.eventstream.api.StreamEvent;
import io.eventstream.broadcast.AllNodes;
import io.eventstream.channel.ChannelAccess;
import io.eventstream.channel.PermissionEvents;
import io.eventstream.presence.NodePresence;
import io.eventstream.spi.EncodedMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The way in for every message: encoded while the caller waits, so that what is wrong with it is thrown at him, and
 * handed on at once or after the caller's commit. Safe for use by many threads.
 */
@ApplicationScoped
class EventPublisher implements EventStream {

    private final MessageEncoder encoder;
    private final CallersTransaction transaction;
    private final AllNodes nodes;
    private final ChannelAccess access;
    private final ReliableMessages reliable;
    private final ApplicationTasks tasks;
    private final NodePresence presence;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    EventPublisher() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    EventPublisher(
            MessageEncoder encoder,
            CallersTransaction transaction,
            AllNodes nodes,
            ChannelAccess access,
            ReliableMessages reliable,
            ApplicationTasks tasks,
            NodePresence presence) {
        this.encoder = encoder;
        this.transaction = transaction;
        this.nodes = nodes;
        this.access = access;
        this.reliable = reliable;
        this.tasks = tasks;
        this.presence = presence;
    }

    void fired(@Observes EventStreamMessage message) {
        StreamEvent event = encoder.encode(message);
        if (access.isReliable(event.channel())) {
            reliable.fire(stored(event, message));
        } else if (!transaction.join(new PendingMessage(event, message.skipUsers(), new CompletableFuture<>()))) {
            publish(event, message.skipUsers());
        }
    }

    void firedAsync(@ObservesAsync EventStreamMessage message) {
        publish(List.of(message));
    }

    void fired(@Observes ChannelPermissionChanged changed) {
        permissionChanged(changed.user(), changed.channel());
    }

    void firedAsync(@ObservesAsync ChannelPermissionChanged changed) {
        permissionChanged(changed.user(), changed.channel());
    }

    @Override
    public CompletionStage<StreamEvent> send(EventStreamMessage message) {
        StreamEvent event = encoder.encode(message);
        if (access.isReliable(event.channel())) {
            return reliable.send(stored(event, message));
        }
        var stage = new CommitStage<StreamEvent>(tasks.executor());
        if (transaction.join(new PendingMessage(event, message.skipUsers(), stage))) {
            return stage;
        }
        publish(event, message.skipUsers());
        return CompletableFuture.completedFuture(event);
    }

    private static EncodedMessage stored(StreamEvent event, EventStreamMessage message) {
        return new EncodedMessage(event.channel(), event.type(), event.data(), message.skipUsers());
    }

    @Override
    public LastEventId currentId(String... channels) {
        return reliable.newest(Arrays.stream(channels)
                .map(InvalidChannelException::requireValid)
                .filter(access::isReliable)
                .toList());
    }

    @Override
    public <T> Snapshot<T> snapshot(Collection<String> channels, Supplier<T> state) {
        LastEventId position = currentId(channels.toArray(String[]::new));
        return new Snapshot<>(position, state.get());
    }

    @Override
    public void permissionChanged(String user, String channel) {
        var changed = new ChannelPermissionChanged(user, channel);
        var pending = new PendingPermission(changed);
        if (!transaction.join(pending)) {
            pending.committed();
        }
        // Last, since it fails where the storage does, and this node's streams are ended all the same.
        if (access.isReliable(PermissionEvents.CHANNEL)) {
            reliable.fire(PermissionEvents.message(changed));
        }
    }

    @Override
    public ChannelPresence presence(String channel) {
        return presence.of(channel);
    }

    /**
     * All of them or, where one cannot be sent, none; at once. Those of reliable channels are stored first, together.
     *
     * @return the events in the order of the messages
     */
    public List<StreamEvent> publish(List<EventStreamMessage> messages) {
        List<StreamEvent> events = new ArrayList<>(messages.size());
        List<EncodedMessage> toStore = new ArrayList<>();
        var isStored = new BitSet();
        for (EventStreamMessage message : messages) {
            StreamEvent event = encoder.encode(message);
            if (access.isReliable(event.channel())) {
                isStored.set(events.size());
                toStore.add(stored(event, message));
            }
            events.add(event);
        }
        Iterator<StreamEvent> stored = toStore.isEmpty()
                ? Collections.emptyIterator()
                : reliable.store(toStore).iterator();
        for (int i = 0; i < events.size(); i++) {
            if (isStored.get(i)) {
                events.set(i, stored.next());
            } else {
                publish(events.get(i), messages.get(i).skipUsers());
            }
        }
        return events;
    }

    private void publish(StreamEvent event, Set<String> skipUsers) {
        nodes.publish(event.channel(), event.type(), skipUsers, event.data());
    }

    private final class PendingPermission implements CallersTransaction.Pending {

        private final String user;
        private final String channel;

        PendingPermission(ChannelPermissionChanged changed) {
            this.user = changed.user();
            this.channel = changed.channel();
        }

        @Override
        public void committed() {
            nodes.recheck(user, channel);
        }

        @Override
        public void rolledBack() {
            // Nothing has changed.
        }
    }

    private final class PendingMessage implements CallersTransaction.Pending {

        private final StreamEvent event;
        private final Set<String> skipUsers;
        private final CompletableFuture<StreamEvent> stage;

        PendingMessage(StreamEvent event, Set<String> skipUsers, CompletableFuture<StreamEvent> stage) {
            this.event = event;
            this.skipUsers = skipUsers;
            this.stage = stage;
        }

        @Override
        public void committed() {
            publish(event, skipUsers);
            stage.complete(event);
        }

        @Override
        public void rolledBack() {
            stage.completeExceptionally(new SendRolledBackException(event.channel()));
        }
    }
}
