package io.eventstream.broadcast;

import io.eventstream.config.ConfigFixtures;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.EventStreamUser;
import io.eventstream.sse.SseFixtures;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/** The broadcasters of a node whose time the test moves. */
final class TestNode implements AutoCloseable {

    /** Its threads do nothing: the test itself does what they would. */
    private static final ThreadFactory NO_THREADS = run -> new Thread() {
        @Override
        public void start() {
            // The test turns the watch and dispatches.
        }
    };

    static final ThreadFactory REAL_THREADS = run -> {
        Thread thread = new Thread(run);
        thread.setDaemon(true);
        return thread;
    };

    /** Who listens is told to nobody. */
    static final Attendance NOBODY_ASKS = new Attendance() {
        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public Runnable begins(Interest interest) {
            throw new AssertionError("Nobody wants to be told of " + interest);
        }
    };

    final MovableClock clock = new MovableClock();
    final Broadcasters broadcasters;

    TestNode(String... settings) {
        this(NOBODY_ASKS, settings);
    }

    TestNode(Attendance attendance, String... settings) {
        this.broadcasters = broadcasters(clock, NO_THREADS, attendance, settings);
    }

    static Broadcasters broadcasters(LongSupplier clock, ThreadFactory threads, String... settings) {
        return broadcasters(clock, threads, NOBODY_ASKS, settings);
    }

    private static Broadcasters broadcasters(
            LongSupplier clock, ThreadFactory threads, Attendance attendance, String... settings) {
        EventStreamConfig config = ConfigFixtures.config(settings);
        return new Broadcasters(
                config,
                SseFixtures.encoder(),
                clock,
                threads,
                subscribers(config, clock, threads, attendance),
                Replay.none(),
                subscriber -> {});
    }

    static Subscribers subscribers(
            EventStreamConfig config, LongSupplier clock, ThreadFactory threads, Attendance attendance) {
        return new Subscribers(config, clock, threads, threads, new Attending(attendance));
    }

    static EventStreamUser user(String name) {
        return new EventStreamUser(name, Set.of(), Set.of());
    }

    static Interest interest(String... channels) {
        return new Interest(Set.of(channels), Set.of(), EventStreamUser.ANONYMOUS);
    }

    Subscriber subscribe(Interest interest, Sink sink) {
        Subscriber subscriber = broadcasters.subscribe(interest);
        subscriber.start(sink);
        return subscriber;
    }

    Subscriber subscribe(Sink sink, String... channels) {
        return subscribe(interest(channels), sink);
    }

    /** Sends, and has the subscribers moved at once, since a moment has passed since the last time. */
    void publish(String channel, String data) {
        clock.move(Duration.ofMillis(2));
        broadcasters.publish(channel, "message", Set.of(), data);
    }

    /** Sends many within a moment, then has the subscribers moved once, as the dispatcher does in a burst. */
    void burst(String channel, int count) {
        publish(channel, "0");
        for (int i = 1; i < count; i++) {
            broadcasters.publish(channel, "message", Set.of(), Integer.toString(i));
        }
        dispatch(channel);
    }

    void dispatch(String channel) {
        broadcasters.ifLive(channel, live -> Dispatcher.dispatch(live.movement()));
    }

    /** Lets time pass, as the watch sees it. */
    void pass(Duration time) {
        clock.move(time);
        broadcasters.subscribers().watch().turn();
    }

    @Override
    public void close() {
        broadcasters.close();
    }
}
