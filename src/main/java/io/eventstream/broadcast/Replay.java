package io.eventstream.broadcast;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StoredEvent;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What this node does for reliable channels, where there is a storage; nothing otherwise. Safe for use by many threads. */
final class Replay implements AutoCloseable {

    private final @Nullable StoredChannels storage;
    private final @Nullable Locator locator;
    private final Runnable end;
    private volatile @Nullable HeadPoll poll;

    private Replay(@Nullable StoredChannels storage, @Nullable Locator locator, Runnable end) {
        this.storage = storage;
        this.locator = locator;
        this.end = end;
    }

    /** {@return for a node where no channel is reliable} */
    static Replay none() {
        return new Replay(null, null, () -> {});
    }

    /**
     * {@return for a node with a storage}
     *
     * @param reliable which channels are stored
     * @param retention how long their events are kept
     * @param threads makes the few that wait for the storage, when they are needed
     */
    static Replay of(
            EventStorage storage,
            Predicate<String> reliable,
            Retention retention,
            EventStreamConfig config,
            ThreadFactory threads) {
        var later = new ReplayThreads(threads);
        return of(storage, reliable, retention, config, later, Clock.systemUTC(), later::close);
    }

    /** {@return one whose time is another's} */
    static Replay of(
            EventStorage storage,
            Predicate<String> reliable,
            Retention retention,
            EventStreamConfig config,
            Later later,
            Clock clock,
            Runnable end) {
        var channels = new StoredChannels(
                storage, reliable, config.storage(), config.tail().events(), later);
        return new Replay(channels, new Locator(channels, retention, clock), end);
    }

    /** {@return the storage of a channel, or null if it is not reliable} */
    @Nullable
    StoredChannels of(String channel) {
        return storage != null && storage.holds(channel) ? storage : null;
    }

    /**
     * Sets where a subscriber begins in those of its channels that are reliable.
     *
     * @return those of which it has missed events that are not there any more
     */
    List<Subscription> locate(List<Subscription> joined, StartAt start, Supplier<List<StoredChannel>> live) {
        List<Subscription> reliable =
                joined.stream().filter(Subscription::isStored).toList();
        if (reliable.isEmpty() || locator == null || storage == null) {
            return List.of();
        }
        List<Subscription> missed = locator.locate(reliable, start);
        beginToPoll(storage, live);
        return missed;
    }

    private void beginToPoll(StoredChannels channels, Supplier<List<StoredChannel>> live) {
        if (poll == null) {
            synchronized (this) {
                if (poll == null) {
                    poll = new HeadPoll(channels, live);
                    poll.begin();
                }
            }
        }
    }

    /**
     * Takes events, those of a channel together.
     *
     * @param ifLive does something with a channel if somebody listens to it
     */
    void receive(List<StoredEvent> events, BiConsumer<String, Consumer<LiveChannel>> ifLive) {
        if (events.size() == 1) {
            ifLive.accept(events.get(0).channel(), channel -> receive(channel, events));
        } else {
            events.stream()
                    .collect(Collectors.groupingBy(StoredEvent::channel))
                    .forEach((name, those) -> ifLive.accept(name, channel -> receive(channel, those)));
        }
    }

    private void receive(LiveChannel channel, List<StoredEvent> events) {
        StoredChannel stored = channel.stored();
        if (stored != null && storage != null) {
            stored.receive(events);
            storage.repairSoon(stored);
        }
    }

    /** There is an event of that number, which need not have arrived. */
    void announce(LiveChannel channel, long number) {
        StoredChannel stored = channel.stored();
        if (stored != null && storage != null) {
            stored.announce(number);
            storage.repairSoon(stored);
        }
    }

    /** Sees that what other nodes have stored is read. */
    void compareSoon(Supplier<List<StoredChannel>> live) {
        if (storage != null) {
            storage.compareSoon(live);
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
