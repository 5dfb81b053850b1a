package io.eventstream.publish;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.api.EventStream;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.SendRolledBackException;
import io.eventstream.api.StreamEvent;
import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.channel.ChannelAccess;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The way in for every message: encoded while the caller waits, so that what is wrong with it is thrown at him, and
 * handed on at once or after the caller's commit. Safe for use by many threads.
 */
@ApplicationScoped
class EventPublisher implements EventStream {

    private final MessageEncoder encoder;
    private final CallersTransaction transaction;
    private final ChannelBroadcasterRegistry registry;
    private final ChannelAccess access;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    EventPublisher() {
        this(null, null, null, null);
    }

    @Inject
    EventPublisher(
            MessageEncoder encoder,
            CallersTransaction transaction,
            ChannelBroadcasterRegistry registry,
            ChannelAccess access) {
        this.encoder = encoder;
        this.transaction = transaction;
        this.registry = registry;
        this.access = access;
    }

    void fired(@Observes EventStreamMessage message) {
        send(message);
    }

    void firedAsync(@ObservesAsync EventStreamMessage message) {
        publish(encoder.encode(message), message.skipUsers());
    }

    void fired(@Observes ChannelPermissionChanged changed) {
        permissionChanged(changed.user(), changed.channel());
    }

    void firedAsync(@ObservesAsync ChannelPermissionChanged changed) {
        permissionChanged(changed.user(), changed.channel());
    }

    @Override
    public CompletionStage<StreamEvent> send(EventStreamMessage message) {
        var pending = new PendingMessage(encoder.encode(message), message.skipUsers());
        if (transaction.join(pending)) {
            return pending.stage;
        }
        publish(pending.event, pending.skipUsers);
        return CompletableFuture.completedFuture(pending.event);
    }

    @Override
    public void permissionChanged(String user, String channel) {
        var changed = new PendingPermission(new ChannelPermissionChanged(user, channel));
        if (!transaction.join(changed)) {
            changed.committed();
        }
    }

    /** All of them or, where one cannot be sent, none; at once. */
    public List<StreamEvent> publish(List<EventStreamMessage> messages) {
        List<StreamEvent> events = messages.stream().map(encoder::encode).toList();
        for (int i = 0; i < events.size(); i++) {
            publish(events.get(i), messages.get(i).skipUsers());
        }
        return events;
    }

    private void publish(StreamEvent event, Set<String> skipUsers) {
        registry.publish(event.channel(), event.type(), skipUsers, event.data());
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
            registry.recheck(user, channel, who -> access.canRead(who, channel));
        }

        @Override
        public void rolledBack() {
            // Nothing has changed.
        }
    }

    private final class PendingMessage implements CallersTransaction.Pending {

        private final StreamEvent event;
        private final Set<String> skipUsers;
        private final CommitStage<StreamEvent> stage = new CommitStage<>();

        PendingMessage(StreamEvent event, Set<String> skipUsers) {
            this.event = event;
            this.skipUsers = skipUsers;
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
