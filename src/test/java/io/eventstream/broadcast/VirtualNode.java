package io.eventstream.broadcast;

import io.eventstream.api.LastEventId;
import io.eventstream.channel.ChannelFixtures;
import io.eventstream.config.ConfigFixtures;
import io.eventstream.spi.ChannelManager;
import io.eventstream.spi.EventStreamUser;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.SseParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A node with a storage, for tests of other packages: its time is the test's, and nothing happens but when it passes. Channels
 * that begin with "unrel" are not stored.
 */
public final class VirtualNode implements AutoCloseable {

    private final StoredNode node;
    private final ChannelBroadcasterRegistry registry;
    private final List<Subscriber> subscribers = new ArrayList<>();

    /** Made with settings, and who decides what may be read. */
    public VirtualNode(MemoryStorage storage, ChannelManager manager, String... settings) {
        this.node = new StoredNode(storage, settings);
        this.registry = new ChannelBroadcasterRegistry(
                node.broadcasters, null, ChannelFixtures.access(ConfigFixtures.config(settings), manager));
    }

    /** A connected client. */
    public static final class Client {

        private final Subscriber subscriber;
        private final RecordingSink sink;

        private Client(Subscriber subscriber, RecordingSink sink) {
            this.subscriber = subscriber;
            this.sink = sink;
        }

        /** {@return all that it has got} */
        public List<SseParser.Event> events() {
            return sink.events();
        }

        /** {@return whether it was ended} */
        public boolean hasEnded() {
            return sink.endedBy() != null;
        }

        /** Its connection breaks. */
        public void end() {
            subscriber.end();
        }
    }

    /** {@return what applications see of it} */
    public ChannelBroadcasterRegistry registry() {
        return registry;
    }

    /** {@return one that begins after an id, or with the next event where that is empty} */
    public Client connect(String user, String lastEventId, String... channels) {
        var sink = new RecordingSink();
        StartAt start = lastEventId.isEmpty() ? new StartAt.Now() : new StartAt.After(LastEventId.parse(lastEventId));
        var interest = new Interest(Set.of(channels), Set.of(), new EventStreamUser(user, Set.of(), Set.of()));
        Subscriber subscriber = node.subscribe(interest, sink, start);
        subscribers.add(subscriber);
        return new Client(subscriber, sink);
    }

    /** Runs what is due within a time. */
    public void pass(Duration time) {
        node.pass(time);
        subscribers.forEach(Subscriber::wake); // as the dispatcher's thread does with those that were ended
    }

    @Override
    public void close() {
        node.close();
    }
}
