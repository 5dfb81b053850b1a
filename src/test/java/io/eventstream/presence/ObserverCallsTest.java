package io.eventstream.presence;

import static io.eventstream.presence.PresenceFixtures.interest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.Subscribed;
import io.eventstream.api.Unsubscribed;
import io.eventstream.testing.LogEntries;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ResourceLock("the log of ObserverCalls")
class ObserverCallsTest {

    private static final int MOST = 3;

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final Semaphore mayGoOn = new Semaphore(0);
    private final AtomicInteger threads = new AtomicInteger();
    private final LogEntries log = LogEntries.of(ObserverCalls.class);
    private final ObserverCalls calls = new ObserverCalls(this::observe, this::thread, MOST);

    private Thread thread(Runnable run) {
        threads.incrementAndGet();
        var thread = new Thread(run);
        thread.setDaemon(true);
        return thread;
    }

    private void observe(Object event) {
        seen.add(event);
        mayGoOn.acquireUninterruptibly();
        if (event.equals(new Subscribed("bad", ""))) {
            throw new IllegalStateException("as an observer may");
        }
    }

    @AfterEach
    void end() {
        mayGoOn.release(1000);
        calls.close();
        log.close();
    }

    private void awaitSeen(Object... events) {
        await().untilAsserted(() -> assertThat(seen).containsExactly(events));
    }

    @Test
    void makeNoThreadUntilSomebodyComes() {
        assertThat(threads).hasValue(0);
        calls.begins(interest("ann", "a"));
        calls.begins(interest("ann", "a"));

        assertThat(threads).hasValue(1);
    }

    @Test
    void areMadeInOrderForEachChannel() {
        mayGoOn.release(1000);
        calls.begins(interest("ann", "a", "b"));
        calls.ends(interest("ann", "a", "b"));
        calls.begins(interest("", "a"));

        awaitSeen(
                new Subscribed("a", "ann"),
                new Subscribed("b", "ann"),
                new Unsubscribed("a", "ann"),
                new Unsubscribed("b", "ann"),
                new Subscribed("a", ""));
    }

    @Test
    void goOnAfterAnObserverThatFailed() {
        mayGoOn.release(1000);
        calls.begins(interest("", "bad"));
        calls.begins(interest("", "a"));

        awaitSeen(new Subscribed("bad", ""), new Subscribed("a", ""));
        assertThat(log.messages())
                .anySatisfy(text -> assertThat(text).contains("An observer of Subscribed[channel=bad"));
    }

    /** An end that is left out would leave somebody in a list of the application's for good. */
    @Test
    void leaveOutWhoComesWhileObserversAreTooSlowButNeverAnEnd() {
        calls.begins(interest("", "first"));
        awaitSeen(new Subscribed("first", ""));
        for (int i = 0; i < MOST; i++) {
            assertThat(calls.begins(interest("", "c" + i))).isTrue();
        }
        assertThat(calls.begins(interest("", "late"))).isFalse();
        assertThat(calls.begins(interest("", "later"))).isFalse();
        calls.ends(interest("", "first"));
        assertThat(log.messages()).singleElement().asString().contains("too slow: 3 calls wait");

        mayGoOn.release(1000);
        awaitSeen(
                new Subscribed("first", ""),
                new Subscribed("c0", ""),
                new Subscribed("c1", ""),
                new Subscribed("c2", ""),
                new Unsubscribed("first", ""));
        await().until(() -> log.messages().size() == 2);
        assertThat(log.messages().get(1)).isEqualTo("Observers have caught up; 2 streams were not told of");
        assertThat(calls.begins(interest("", "again"))).isTrue();
    }

    @Test
    void endWithTheApplicationWhateverWaits() {
        calls.begins(interest("", "a"));
        awaitSeen(new Subscribed("a", ""));
        calls.begins(interest("", "b"));
        Thread closing = thread(calls::close);
        closing.start();
        await().until(() -> !calls.begins(interest("", "c")));
        mayGoOn.release(1000);
        await().until(() -> !closing.isAlive());

        assertThat(seen).containsExactly(new Subscribed("a", ""));
    }
}
