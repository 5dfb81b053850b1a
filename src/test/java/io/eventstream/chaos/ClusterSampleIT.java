package io.eventstream.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.client.EventStreamClient;
import io.eventstream.client.Listening;
import io.eventstream.client.ReceivedEvent;
import io.eventstream.client.StreamListener;
import io.eventstream.testing.ClusterSample;
import io.eventstream.testing.ClusterTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sample of two nodes behind nginx, as its README says: up, a node that is stopped under its clients, down. */
@ClusterTest
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ClusterSampleIT {

    private static final String CHANNEL = "sample";
    private static final String TOKEN = "token-of-the-test";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A client through nginx, which has no node of its own. */
    private static final class Client implements StreamListener, AutoCloseable {

        private final List<Integer> seen = new CopyOnWriteArrayList<>();
        private final AtomicInteger opened = new AtomicInteger();
        private final Listening listening;

        Client(ClusterSample sample) {
            listening = EventStreamClient.of(sample.events()).listen(this, CHANNEL);
            await("a stream").atMost(PATIENCE).until(() -> opened.get() == 1);
        }

        @Override
        public void received(ReceivedEvent event) {
            seen.add(Integer.valueOf(event.data()));
        }

        @Override
        public void opened() {
            opened.incrementAndGet();
        }

        void awaitExactly(int last) {
            await("events").atMost(PATIENCE).untilAsserted(() -> {
                assertThat(listening.ended()).isNotDone();
                assertThat(seen)
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, last).boxed().toList());
            });
        }

        @Override
        public void close() {
            listening.close();
        }
    }

    @Test
    void goesOnByTheOtherNodeAndLeavesNothingBehind() {
        try (var sample = new ClusterSample(TOKEN)) {
            sample.up();
            // One after the other, so that nginx gives each a node of its own.
            try (var one = new Client(sample);
                    var other = new Client(sample)) {
                send(sample, 1, 1, 10);
                one.awaitExactly(10);
                other.awaitExactly(10);

                ProcessHandle stopped = sample.stopNode(1);
                send(sample, 2, 11, 20);
                stopped.onExit()
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join();
                send(sample, 2, 21, 30);

                one.awaitExactly(30);
                other.awaitExactly(30);
                assertThat(List.of(one.opened.get(), other.opened.get()))
                        .as("streams: that of the node that was stopped is opened again, the other stays")
                        .containsExactlyInAnyOrder(1, 2);
            }
            sample.down();
            assertThat(List.of(sample.log(1), sample.log(2)))
                    .as("both make the storage's first rows")
                    .noneMatch(log -> log.contains("duplicate key"));
            // A process that has ended is there until the system's first one, to which it was left, has looked after
            // it.
            await("nothing left")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sample.left()).isEmpty());
        }
    }

    private static void send(ClusterSample sample, int node, int first, int last) {
        EventStreamClient sender =
                EventStreamClient.of(sample.eventsOfNode(node)).withToken(TOKEN);
        IntStream.rangeClosed(first, last)
                .forEach(i ->
                        sender.send(CHANNEL, "message", Integer.toString(i)).join());
    }
}
