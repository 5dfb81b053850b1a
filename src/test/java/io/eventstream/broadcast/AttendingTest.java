package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AttendingTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final TestNode node = new TestNode(new Attendance() {
        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public Runnable begins(Interest interest) {
            told.add("+" + interest.channels());
            return () -> told.add("-" + interest.channels());
        }
    });

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void isToldOfAStreamWhenItBeginsAndWhenItEnds() {
        Subscriber subscriber = node.subscribe(new RecordingSink(), "a", "b");
        assertThat(told).containsExactly("+[a, b]");

        subscriber.end();
        subscriber.end();
        assertThat(told).containsExactly("+[a, b]", "-[a, b]");
    }

    @Test
    void isNotToldOfAStreamThatIsRefused() {
        node.broadcasters.subscribe(TestNode.interest("a")).end();

        assertThat(told).isEmpty();
    }

    @Test
    void isNotToldOfAStreamThatHasEndedBeforeItBegins() {
        Subscriber subscriber = node.broadcasters.subscribe(TestNode.interest("a"));
        subscriber.end();
        subscriber.start(new RecordingSink());

        assertThat(told).isEmpty();
    }

    @Test
    void isToldOfTheEndOfAStreamThatMayNoLongerRead() {
        var sink = new RecordingSink();
        Subscriber subscriber = node.subscribe(sink, "a");
        node.broadcasters.ifLive("a", channel -> channel.recheck(user -> false));
        subscriber.wake();

        assertThat(told).containsExactly("+[a]", "-[a]");
    }

    @Test
    void isToldOnceOfAClientThatStallsAndIsGone() {
        var sink = new RecordingSink();
        Subscriber subscriber = node.subscribe(sink, "a");
        sink.stall();
        node.publish("a", "x");
        node.pass(Duration.ofSeconds(59));
        assertThat(told).containsExactly("+[a]");

        node.pass(Duration.ofSeconds(2));
        subscriber.end();
        assertThat(told).containsExactly("+[a]", "-[a]");
    }

    @Test
    void isNotToldOfThoseWhoAreLeftWhenTheApplicationEnds() {
        node.subscribe(new RecordingSink(), "a");
        node.close();

        assertThat(told).containsExactly("+[a]");
    }

    /** A stream may be ended by anybody while it begins. */
    @Test
    void isToldOfBothOrOfNeitherWhereAStreamEndsWhileItBegins() throws Exception {
        for (int i = 0; i < 2000; i++) {
            told.clear();
            Subscriber subscriber = node.broadcasters.subscribe(TestNode.interest("a"));
            var together = new CyclicBarrier(2);
            Thread ending = TestNode.REAL_THREADS.newThread(() -> {
                meet(together);
                subscriber.end();
            });
            ending.start();
            meet(together);
            subscriber.start(new RecordingSink());
            ending.join();

            if (!told.isEmpty()) {
                assertThat(told).containsExactly("+[a]", "-[a]");
            }
        }
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
