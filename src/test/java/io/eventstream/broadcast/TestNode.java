package io.eventstream.broadcast;

import io.eventstream.config.ConfigFixtures;
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

    final MovableClock clock = new MovableClock();
    final Broadcasters broadcasters;

    TestNode(String... settings) {
        this.broadcasters = broadcasters(clock, NO_THREADS, settings);
    }

    static Broadcasters broadcasters(LongSupplier clock, ThreadFactory threads, String... settings) {
        return new Broadcasters(
                ConfigFixtures.config(settings),
                SseFixtures.encoder(),
                clock,
                threads,
                threads,
                Replay.none(),
                subscriber -> {});
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
