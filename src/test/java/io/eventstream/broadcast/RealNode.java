package io.eventstream.broadcast;

import io.eventstream.channel.ChannelFixtures;
import io.eventstream.config.ConfigFixtures;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.ChannelManager;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.EventStreamUser;
import io.eventstream.sse.SseFixtures;
import io.eventstream.testing.SseParser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node with threads of its own, for tests of other packages. Channels that begin with "unrel" are not stored. */
public final class RealNode implements AutoCloseable {

    private final Broadcasters broadcasters;
    private final ChannelBroadcasterRegistry registry;

    /** Made with a storage, if there is one, and who decides what may be read. */
    public RealNode(Optional<? extends EventStorage> storage, ChannelManager manager, String... settings) {
        this(storage, manager, TestNode.NOBODY_ASKS, settings);
    }

    /** The same, and who is told of those who listen. */
    public RealNode(
            Optional<? extends EventStorage> storage,
            ChannelManager manager,
            Attendance attendance,
            String... settings) {
        EventStreamConfig config = ConfigFixtures.config(settings);
        this.broadcasters = new Broadcasters(
                config,
                SseFixtures.encoder(),
                System::nanoTime,
                TestNode.REAL_THREADS,
                TestNode.subscribers(config, System::nanoTime, TestNode.REAL_THREADS, attendance),
                storage.map(stored -> Replay.of(
                                stored,
                                channel -> !channel.startsWith("unrel"),
                                channel -> Duration.ofHours(1),
                                config,
                                TestNode.REAL_THREADS))
                        .orElseGet(Replay::none),
                subscriber -> {});
        this.registry = new ChannelBroadcasterRegistry(broadcasters, null, ChannelFixtures.access(config, manager));
    }

    /** A connected client. */
    public static final class Client {

        private final RecordingSink sink;
        private final Subscriber subscriber;

        private Client(Subscriber subscriber, RecordingSink sink) {
            this.subscriber = subscriber;
            this.sink = sink;
        }

        /** Its connection breaks. */
        public void end() {
            subscriber.end();
        }

        /** {@return the data of all events, and the type of those that have none of their own} */
        public List<String> seen() {
            return sink.events().stream()
                    .filter(event -> !event.type().equals("keep-alive"))
                    .map(event -> event.type().equals("message") ? event.data() : event.type())
                    .toList();
        }

        /** {@return all that it has got} */
        public List<SseParser.Event> events() {
            return sink.events();
        }
    }

    /** {@return what applications see of it} */
    public ChannelBroadcasterRegistry registry() {
        return registry;
    }

    /** {@return one that begins with the next event} */
    public Client listen(String user, String channel) {
        return listen(user, channel, () -> {});
    }

    /** The same, and something is done each time when something was written to it. */
    public Client listen(String user, String channel, Runnable onFlush) {
        Subscriber subscriber = broadcasters.subscribe(
                new Interest(Set.of(channel), Set.of(), new EventStreamUser(user, Set.of(), Set.of())));
        var client = new Client(subscriber, new RecordingSink() {
            @Override
            public void flush() {
                super.flush();
                onFlush.run();
            }
        });
        broadcasters.locate(subscriber, new StartAt.Now());
        subscriber.start(client.sink);
        subscriber.wake();
        return client;
    }

    @Override
    public void close() {
        broadcasters.close();
    }
}
