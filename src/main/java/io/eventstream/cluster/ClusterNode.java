package io.eventstream.cluster;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.broadcast.AllNodes;
import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.presence.NodePresence;
import io.eventstream.server.ServerThreads;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.EventTransport;
import io.eventstream.spi.StoredEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/**
 * This node among the others: hands what is sent here to the subscribers of this node at once, and to the transport where there
 * is one. Safe for use by many threads.
 */
@ApplicationScoped
class ClusterNode implements AllNodes {

    private static final Logger LOG = System.getLogger(ClusterNode.class.getName());

    /** How long an application's end waits for what is to be told. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ChannelBroadcasterRegistry node;
    private final Optional<EventStorage> storage;
    private final StorageMark mark;
    private final PermissionWatch permissions;
    private final Optional<Connected> connected;
    private final Optional<StoredPresence> storedPresence;
    private final ThreadFactory threads;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    ClusterNode() {
        this.node = null;
        this.storage = Optional.empty();
        this.mark = null;
        this.permissions = null;
        this.connected = Optional.empty();
        this.storedPresence = Optional.empty();
        this.threads = null;
    }

    @Inject
    ClusterNode(
            ChannelBroadcasterRegistry node,
            Optional<EventStorage> storage,
            EventStreamConfig config,
            Instance<EventTransport> transports,
            ServerThreads threads,
            NodePresence presence) {
        this.node = node;
        this.storage = storage;
        this.threads = threads;
        this.mark = new StorageMark(storage, System::nanoTime);
        this.permissions = new PermissionWatch(storage, mark, config.storage().poll(), node);
        this.connected = Transports.choose(config, transports)
                .map(transport ->
                        new Connected(transport, mark, node, permissions, presence.exchange(transport.largest())));
        this.storedPresence = connected.isPresent()
                ? Optional.empty()
                : storage.flatMap(there -> presence.exchange(StoredPresence.LARGEST, EventTransport.HEARTBEAT)
                        .map(exchange -> new StoredPresence(there, exchange)));
    }

    /** Meets the others, where there is anything to meet by. */
    public void start() {
        if (storage.isEmpty() && connected.isEmpty()) {
            return;
        }
        try {
            mark.read();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The storage could not be asked which one it is; asked again later", e);
        }
        permissions.start(threads);
        connected.ifPresent(others -> others.start(threads));
        storedPresence.ifPresent(others -> others.start(threads));
    }

    @Override
    public void receive(List<StoredEvent> events) {
        node.receive(events);
        connected.ifPresent(others -> others.outbox().stored(events));
    }

    @Override
    public void receiveFromOther(List<StoredEvent> events) {
        node.receive(events);
    }

    @Override
    public void publish(String channel, String type, Set<String> skipUsers, String data) {
        node.publish(channel, type, skipUsers, data);
        connected.ifPresent(others -> others.outbox().live(channel, type, data, skipUsers));
    }

    @Override
    public void recheck(String user, String channel) {
        node.recheck(user, channel);
        if (storage.isEmpty()) {
            connected.ifPresent(others -> others.outbox().permission(new ChannelPermissionChanged(user, channel)));
        }
    }

    void end(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        close();
    }

    /** Tells what waits, and hears no more. Calling it again has no effect. */
    @PreDestroy
    public void close() {
        connected.ifPresent(others -> others.close(PATIENCE));
        storedPresence.ifPresent(others -> others.close(PATIENCE));
        if (permissions != null) {
            permissions.close(PATIENCE);
        }
    }
}
