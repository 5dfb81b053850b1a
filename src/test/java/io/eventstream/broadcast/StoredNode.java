package io.eventstream.broadcast;

import io.eventstream.api.LastEventId;
import io.eventstream.config.ConfigFixtures;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.StoredEvent;
import io.eventstream.sse.SseFixtures;
import io.eventstream.testing.MemoryStorage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/** A node with a storage, whose time and threads are the test's. Channels that begin with "unrel" are not stored. */
final class StoredNode implements AutoCloseable {

    private record Task(Duration due, long order, Runnable work) {}

    private static final ThreadFactory NO_THREADS = run -> new Thread() {
        @Override
        public void start() {
            // The test turns the watch and dispatches.
        }
    };

    final MemoryStorage storage;
    final MovableClock clock = new MovableClock();
    final Broadcasters broadcasters;

    private final Set<String> channels = new HashSet<>();
    private final List<Task> tasks = new ArrayList<>();
    private Duration time = Duration.ZERO;
    private long order;

    StoredNode(MemoryStorage storage, String... settings) {
        this.storage = storage;
        EventStreamConfig config = ConfigFixtures.config(settings);
        this.broadcasters = new Broadcasters(
                config,
                SseFixtures.encoder(),
                clock,
                NO_THREADS,
                TestNode.subscribers(config, clock, NO_THREADS, TestNode.NOBODY_ASKS),
                Replay.of(
                        storage,
                        channel -> !channel.startsWith("unrel"),
                        channel -> Duration.ofHours(24),
                        config,
                        (delay, task) -> tasks.add(new Task(time.plus(delay), order++, task)),
                        Clock.systemUTC(),
                        tasks::clear),
                subscriber -> {});
    }

    /** Stores an event and tells this node. */
    StoredEvent send(String channel, String data) {
        StoredEvent event = storage.append(channel, data);
        receive(event);
        return event;
    }

    void receive(StoredEvent event) {
        clock.move(Duration.ofMillis(2));
        broadcasters.receive(List.of(event));
        dispatch(event.channel());
    }

    /** Sends an event that is not stored. */
    void loose(String channel, String data) {
        clock.move(Duration.ofMillis(2));
        broadcasters.publish(channel, "message", Set.of(), data);
        dispatch(channel);
    }

    /** As the dispatcher's thread does. */
    void dispatch(String channel) {
        channels.add(channel);
        broadcasters.ifLive(channel, live -> Dispatcher.dispatch(live.movement()));
    }

    Subscriber subscribe(Sink sink, StartAt start, String... channels) {
        return subscribe(TestNode.interest(channels), sink, start);
    }

    /** As a client that comes back with an id. */
    RecordingSink resume(String id, String... channels) {
        var sink = new RecordingSink();
        subscribe(sink, new StartAt.After(LastEventId.parse(id)), channels);
        return sink;
    }

    /** As a client that has no id. */
    RecordingSink listen(String... channels) {
        var sink = new RecordingSink();
        subscribe(sink, new StartAt.Now(), channels);
        return sink;
    }

    Subscriber subscribe(Interest interest, Sink sink, StartAt start) {
        Subscriber subscriber = broadcasters.subscribe(interest);
        try {
            broadcasters.locate(subscriber, start);
        } catch (RuntimeException e) {
            subscriber.end();
            throw e;
        }
        subscriber.start(sink);
        subscriber.wake();
        interest.channels().forEach(this::dispatch);
        return subscriber;
    }

    /** Runs what is due within a time, in its order. */
    void pass(Duration duration) {
        Duration end = time.plus(duration);
        List.copyOf(channels).forEach(this::dispatch);
        while (true) {
            Task next = tasks.stream()
                    .filter(task -> task.due().compareTo(end) <= 0)
                    .min(Comparator.comparing(Task::due).thenComparing(Task::order))
                    .orElse(null);
            if (next == null) {
                break;
            }
            tasks.remove(next);
            Duration since = next.due().minus(time);
            if (!since.isNegative()) {
                move(since);
            }
            next.work().run();
            List.copyOf(channels).forEach(this::dispatch);
        }
        move(end.minus(time));
        List.copyOf(channels).forEach(this::dispatch);
        broadcasters.subscribers().watch().turn();
    }

    /** What was asked of the threads is done at once. */
    void settle() {
        pass(Duration.ofMillis(50));
    }

    private void move(Duration by) {
        time = time.plus(by);
        clock.move(by.plusMillis(2));
    }

    @Override
    public void close() {
        broadcasters.close();
    }
}
