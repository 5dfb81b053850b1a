package io.eventstream.cluster;

import static io.eventstream.config.ConfigFixtures.config;

import io.eventstream.broadcast.RealNode;
import io.eventstream.presence.NodePresence;
import io.eventstream.presence.PresenceFixtures;
import io.eventstream.server.ServerThreads;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.EventTransport;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.FakeInstance;
import io.eventstream.testing.MemoryStorage;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node of a cluster with threads of its own. */
final class RealMember implements AutoCloseable {

    final RealNode node;
    final ClusterNode cluster;
    final NodePresence presence;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Optional<MemoryStorage> storage;
    private final Optional<WatchedTransport> transport;

    RealMember(
            Optional<MemoryStorage> storage,
            Optional<EventTransport> transport,
            Permissions permissions,
            String... settings) {
        this.storage = storage;
        this.transport = transport.map(WatchedTransport::new);
        this.presence = PresenceFixtures.presence(System::nanoTime, settings);
        this.node = new RealNode(storage, permissions, presence, settings);
        this.cluster = new ClusterNode(
                node.registry(),
                storage.map(EventStorage.class::cast),
                config(settings),
                this.transport.<Instance<EventTransport>>map(FakeInstance::of).orElseGet(FakeInstance::empty),
                new ServerThreads() {
                    @Override
                    public Thread newThread(Runnable run) {
                        var thread = new Thread(run);
                        thread.setDaemon(true);
                        threads.add(thread);
                        return thread;
                    }
                },
                presence);
        cluster.start();
    }

    /** {@return whether it is connected, and knows it} */
    boolean isConnected() {
        return transport.filter(WatchedTransport::isConnected).isPresent();
    }

    /** Stores an event, as one that was numbered on this node. */
    void store(String channel, String data) {
        StoredEvent event = storage.orElseThrow().append(channel, data);
        cluster.receive(List.of(event));
    }

    /** {@return those that were started} */
    List<Thread> threads() {
        return threads;
    }

    @Override
    public void close() {
        cluster.close();
        node.close();
    }
}
