package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.sse.WireEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More subscribers than a publisher moves himself; the test is the dispatcher, which goes round them. */
class MovementTest {

    private static final int MANY = 100;

    private final TestNode node = new TestNode();
    private final List<MomentousSink> sinks =
            Stream.generate(MomentousSink::new).limit(MANY).toList();

    /** Does something once, in the middle of a write. */
    private static final class MomentousSink extends RecordingSink {

        private final List<byte[]> written = new ArrayList<>();
        private Runnable inNextWrite = () -> {};

        @Override
        public void write(byte[] more) throws IOException {
            super.write(more);
            written.add(more);
            Runnable once = inNextWrite;
            inNextWrite = () -> {};
            once.run();
        }
    }

    @BeforeEach
    void subscribe() {
        sinks.forEach(sink -> node.subscribe(sink, "c"));
    }

    @AfterEach
    void theSinksWereUsedAsAConnectionBears() {
        node.close();
        assertThat(sinks).allSatisfy(sink -> assertThat(sink.faults()).isEmpty());
    }

    @Test
    void takesAlongInOneWriteWhatIsSentWhileItGoesRound() {
        sinks.get(0).inNextWrite = () -> node.publish("c", "second");
        node.publish("c", "first");
        node.dispatch("c");

        MomentousSink last = sinks.get(MANY - 1);
        assertThat(last.data()).containsExactly("first", "second");
        assertThat(last.writes()).isEqualTo(1);
        assertThat(sinks.get(0).data()).containsExactly("first");
    }

    @Test
    void goesRoundAgainForThoseItHadMovedBefore() {
        sinks.get(MANY - 1).inNextWrite = () -> node.publish("c", "second");
        node.publish("c", "first");
        node.dispatch("c");
        node.dispatch("c");

        assertThat(sinks).allSatisfy(sink -> assertThat(sink.data()).containsExactly("first", "second"));
        assertThat(node.broadcasters.budget().held()).isZero();
    }

    /** However much is sent: with each write of somebody an event comes, and nobody is written to twice in a round. */
    @Test
    void comesToAnEndThoughEventsNeverDo() {
        sinks.forEach(sink -> sink.inNextWrite = () -> node.publish("c", "more"));
        node.publish("c", "first");
        node.dispatch("c");

        assertThat(sinks).allSatisfy(sink -> assertThat(sink.writes()).isEqualTo(1));
        node.dispatch("c");
        assertThat(sinks)
                .allSatisfy(sink -> assertThat(sink.data()).hasSize(MANY + 1).startsWith("first", "more"));
    }

    /** Joining events for each of them alone would cost more than the fewer writes save. */
    @Test
    void joinsEventsOnceForManyThoughTheyNeverStopComing() {
        sinks.forEach(sink -> sink.inNextWrite = () -> node.publish("c", "more"));
        node.burst("c", 2);

        Map<byte[], Integer> sharers = new IdentityHashMap<>();
        sinks.forEach(sink -> sharers.merge(sink.written.get(0), 1, Integer::sum));
        assertThat(sharers.values()).containsExactlyInAnyOrder(32, 32, 32, 4);
    }

    @Test
    void tellsWhoBroadcastOnlyWhenAllHaveTheEvent() {
        var event = new WireOutboundEvent(new WireEvent("message", "", "second", "", -1));
        List<Boolean> done = new ArrayList<>();
        sinks.get(0).inNextWrite = () -> {
            var broadcast = node.broadcasters.broadcast("c", event).toCompletableFuture();
            sinks.get(MANY - 1).inNextWrite = () -> done.add(broadcast.isDone());
            broadcast.thenRun(() -> done.add(true));
        };
        node.publish("c", "first");
        node.dispatch("c");
        assertThat(done).containsExactly(false);

        node.dispatch("c");
        assertThat(done).containsExactly(false, true);
        assertThat(sinks).allSatisfy(sink -> assertThat(sink.data()).containsExactly("first", "second"));
    }
}
