package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.InvalidTypeException;
import io.eventstream.sse.WireEvent;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of SseBroadcaster (Jakarta REST 3.1, 9.4 "Broadcasting"), with threads as in a server. */
class ChannelBroadcasterTest {

    private final Broadcasters node =
            TestNode.broadcasters(System::nanoTime, TestNode.REAL_THREADS, "eventstream.max-event-size", "1000");
    private final ChannelBroadcaster broadcaster = node.broadcaster("c");

    @AfterEach
    void close() {
        node.close();
    }

    private static OutboundSseEvent event(String type, String data) {
        return new WireOutboundEvent(new WireEvent(type, "", data, "", -1));
    }

    private static OutboundSseEvent event(String data) {
        return event("message", data);
    }

    @Test
    void isTheSameForAsLongAsSomebodyListens() {
        broadcaster.register(new FakeEventSink(true));

        assertThat(node.broadcaster("c")).isSameAs(node.broadcaster("c"));
    }

    @Test
    void staysGoodWhenTheLastSubscriberHasLeft() {
        Subscriber only = node.subscribe(TestNode.interest("c"));
        ChannelBroadcaster old = node.broadcaster("c");
        only.end();
        var sink = new FakeEventSink(true);
        old.register(sink);
        old.broadcast(event("1"));

        await().untilAsserted(() -> assertThat(sink.data()).containsExactly("1"));
    }

    @Nested
    class Broadcasting {

        @Test
        void reachesSinksAndStreamsAlike() {
            var sink = new FakeEventSink(true);
            var stream = new RecordingSink();
            broadcaster.register(sink);
            node.subscribe(TestNode.interest("c")).start(stream);
            broadcaster.broadcast(event("info", "a\nb")).toCompletableFuture().join();

            await().untilAsserted(() -> assertThat(sink.data()).containsExactly("a\nb"));
            assertThat(sink.sent.get(0).getName()).isEqualTo("info");
            // Where a busy machine has it moved by two threads, the one that is told of it need not be the one that
            // writes.
            await().untilAsserted(() -> assertThat(stream.text()).isEqualTo("event: info\ndata: a\ndata: b\n\n"));
        }

        @Test
        void completesThoughASubscriberIsSlow() {
            var slow = new RecordingSink();
            slow.stall();
            node.subscribe(TestNode.interest("c")).start(slow);

            broadcaster.broadcast(event("1")).toCompletableFuture().join();

            assertThat(slow.text()).isEmpty();
        }

        @Test
        void completesThoughNobodyListens() {
            assertThat(broadcaster.broadcast(event("1"))).isCompleted();
        }

        @Test
        void leavesOutTheIdButKeepsCommentAndRetry() {
            var stream = new RecordingSink();
            node.subscribe(TestNode.interest("c")).start(stream);
            broadcaster
                    .broadcast(new WireOutboundEvent(new WireEvent("t", "17", "x", "hi\r\nthere", 500)))
                    .toCompletableFuture()
                    .join();

            assertThat(stream.text()).isEqualTo(": hi\n: there\nretry: 500\nevent: t\ndata: x\n\n");
        }

        @Test
        void canBeACommentAlone() {
            var stream = new RecordingSink();
            node.subscribe(TestNode.interest("c")).start(stream);
            broadcaster
                    .broadcast(new WireOutboundEvent(new WireEvent("", "", "", "hi", -1)))
                    .toCompletableFuture()
                    .join();

            assertThat(stream.text()).isEqualTo(": hi\n\n");
        }

        @Test
        void refusesWhatCouldNotBeAMessage() {
            assertThatThrownBy(() -> broadcaster.broadcast(event("stream-open", "x")))
                    .isInstanceOf(InvalidTypeException.class);
            assertThatThrownBy(() -> broadcaster.broadcast(event("x".repeat(1001))))
                    .isInstanceOf(DataTooLargeException.class);
        }
    }

    @Nested
    class ASink {

        @Test
        void getsOneSendAfterTheOther() {
            var sink = new FakeEventSink(false);
            broadcaster.register(sink);
            IntStream.range(0, 10).forEach(i -> broadcaster.broadcast(event("e" + i)));

            for (int i = 0; i < 10; i++) {
                int sends = i + 1;
                await().untilAsserted(() -> assertThat(sink.sent).hasSize(sends));
                sink.underWay.get(i).complete(null);
            }
            assertThat(sink.data())
                    .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "e" + i).toList());
        }

        @Test
        void listensToSeveralChannelsAndTypes() {
            var sink = new FakeEventSink(true);
            node.register(sink, new Interest(Set.of("a", "b"), Set.of("info"), TestNode.user("")));
            node.publish("a", "info", Set.of(), "1");
            node.publish("b", "message", Set.of(), "2");
            node.publish("b", "info", Set.of(), "3");

            await().untilAsserted(() -> assertThat(sink.data()).containsExactlyInAnyOrder("1", "3"));
        }

        @Test
        void isEndedWhenASendFailsAndTheListenersAreTold() {
            var sink = new FakeEventSink(false);
            List<SseEventSink> closed = new CopyOnWriteArrayList<>();
            List<Throwable> errors = new CopyOnWriteArrayList<>();
            broadcaster.onClose(closed::add);
            broadcaster.onError((failed, error) -> errors.add(error));
            broadcaster.register(sink);
            broadcaster.broadcast(event("1"));
            await().until(() -> sink.underWay.size() == 1);
            var broken = new IOException("Broken pipe");
            sink.underWay.get(0).completeExceptionally(broken);

            await().untilAsserted(() -> assertThat(closed).containsExactly(sink));
            assertThat(errors).containsExactly(broken);
            assertThat(sink.isClosed()).isTrue();
            assertThat(node.subscribers().count()).isZero();
        }

        @Test
        void thatTheApplicationClosedIsNoticedAtTheNextEvent() {
            var sink = new FakeEventSink(true);
            List<SseEventSink> closed = new CopyOnWriteArrayList<>();
            broadcaster.onClose(closed::add);
            broadcaster.register(sink);
            sink.close();
            broadcaster.broadcast(event("1"));

            await().untilAsserted(() -> assertThat(closed).containsExactly(sink));
            assertThat(sink.sent).isEmpty();
        }

        @Test
        void isToldOfBlankLinesAndEmptyData() {
            var sink = new FakeEventSink(true);
            broadcaster.register(sink);
            broadcaster.broadcast(event("a\n\nb"));
            broadcaster.broadcast(event(""));

            await().untilAsserted(() -> assertThat(sink.data()).containsExactly("a\n\nb", ""));
        }
    }

    @Nested
    class Closing {

        @Test
        void closesTheSinksAndRefusesAllElse() {
            var sink = new FakeEventSink(true);
            List<SseEventSink> closed = new CopyOnWriteArrayList<>();
            broadcaster.onClose(closed::add);
            broadcaster.register(sink);
            broadcaster.close();
            broadcaster.close();

            await().untilAsserted(() -> assertThat(closed).containsExactly(sink));
            assertThat(sink.isClosed()).isTrue();
            assertThatIllegalStateException().isThrownBy(() -> broadcaster.register(sink));
            assertThatIllegalStateException().isThrownBy(() -> broadcaster.broadcast(event("1")));
            assertThatIllegalStateException().isThrownBy(() -> broadcaster.onClose(closed::add));
            assertThatIllegalStateException().isThrownBy(() -> broadcaster.onError((failed, error) -> {}));
            assertThat(node.count()).isZero();
        }

        @Test
        void leavesTheSinksOpenWhereThatIsAskedFor() {
            var sink = new FakeEventSink(true);
            var stream = new RecordingSink();
            List<SseEventSink> closed = new CopyOnWriteArrayList<>();
            broadcaster.register(sink);
            node.subscribe(TestNode.interest("c")).start(stream);
            node.broadcaster("c").onClose(closed::add);
            broadcaster.close(false);

            await().untilAsserted(() -> assertThat(stream.endedBy()).isNotNull());
            await().untilAsserted(
                            () -> assertThat(node.subscribers().watch().all()).isEmpty());
            assertThat(sink.isClosed()).isFalse();
            assertThat(closed).isEmpty();
        }

        @Test
        void letsTheChannelBeginAnew() {
            broadcaster.register(new FakeEventSink(true));
            broadcaster.close();
            var sink = new FakeEventSink(true);
            node.broadcaster("c").register(sink);
            node.publish("c", "message", Set.of(), "1");

            await().untilAsserted(() -> assertThat(sink.data()).containsExactly("1"));
        }
    }

    @Test
    void withListenersIsKeptUntilItIsClosed() {
        broadcaster.onClose(closed -> {});
        node.subscribe(TestNode.interest("c")).end();
        assertThat(node.count()).isEqualTo(1);

        broadcaster.close();

        assertThat(node.count()).isZero();
    }
}
