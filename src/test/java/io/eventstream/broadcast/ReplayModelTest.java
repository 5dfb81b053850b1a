package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.LastEventId;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.SseParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Random interleavings of sending, losing, repeating and delaying what nodes tell each other, purging, outages, and clients
 * that come and go: what a client sees of a channel is contiguous, or it is told that it is not.
 */
class ReplayModelTest {

    private static final List<String> CHANNELS = List.of("a", "b");
    private static final int CLIENTS = 4;

    enum Kind {
        SEND,
        SEND_UNTOLD,
        TELL_AGAIN,
        PURGE,
        CONNECT,
        DISCONNECT,
        STALL,
        RECOVER,
        PASS,
        DOWN,
        UP,
        HIDE
    }

    /** What is done, on which channel or by which client, and how much of it. */
    record Step(Kind kind, int which, int much) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Kind.SEND)),
                Tuple.of(4, Arbitraries.just(Kind.SEND_UNTOLD)),
                Tuple.of(3, Arbitraries.just(Kind.TELL_AGAIN)),
                Tuple.of(1, Arbitraries.just(Kind.PURGE)),
                Tuple.of(6, Arbitraries.just(Kind.CONNECT)),
                Tuple.of(2, Arbitraries.just(Kind.DISCONNECT)),
                Tuple.of(2, Arbitraries.just(Kind.STALL)),
                Tuple.of(2, Arbitraries.just(Kind.RECOVER)),
                Tuple.of(4, Arbitraries.just(Kind.PASS)),
                Tuple.of(1, Arbitraries.just(Kind.DOWN)),
                Tuple.of(2, Arbitraries.just(Kind.UP)),
                Tuple.of(1, Arbitraries.just(Kind.HIDE)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, CLIENTS - 1),
                        Arbitraries.integers().between(1, 12))
                .as(Step::new)
                .list();
    }

    @Property(tries = 400)
    void clientsSeeContiguousEventsOrAReset(@ForAll("steps") @Size(min = 5, max = 80) List<Step> steps) {
        try (var run = new Run()) {
            steps.forEach(run::step);
            run.end();
        }
    }

    /** One client: even ones listen to one channel, odd ones to both. */
    private static final class Client {

        private final String[] channels;
        private final Map<String, Long> seen = new HashMap<>();
        private String lastEventId = "";
        private @Nullable Subscriber subscriber;
        private RecordingSink sink = new RecordingSink();

        Client(int index) {
            this.channels = index % 2 == 0 ? new String[] {CHANNELS.get(index / 2)} : new String[] {"a", "b"};
        }
    }

    private static final class Run implements AutoCloseable {

        private final MemoryStorage storage = new MemoryStorage();
        private final StoredNode node =
                new StoredNode(storage, "eventstream.tail.events", "4", "eventstream.replay.page", "3");
        private final List<StoredEvent> stored = new ArrayList<>();
        private final Map<String, String> data = new HashMap<>();
        private final List<Client> clients = new ArrayList<>();
        private boolean down;

        Run() {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(i));
            }
        }

        void step(Step step) {
            String channel = CHANNELS.get(step.which % CHANNELS.size());
            Client client = clients.get(step.which);
            switch (step.kind) {
                case SEND -> send(channel, step.much, true);
                case SEND_UNTOLD -> send(channel, step.much, false);
                case TELL_AGAIN -> tellAgain(step.much);
                case PURGE -> storage.purge(channel, Math.max(0, count(channel) - step.much));
                case CONNECT -> connect(client);
                case DISCONNECT -> disconnect(client);
                case STALL -> client.sink.stall();
                case RECOVER -> recover(client);
                case PASS -> {
                    node.pass(Duration.ofMillis((long) step.much * step.much * 20));
                    storage.hideNewest(0);
                }
                case DOWN -> {
                    down = true;
                    storage.breakDown();
                }
                case UP -> {
                    down = false;
                    storage.recover();
                }
                case HIDE -> hide(step.much);
            }
        }

        private long count(String channel) {
            return stored.stream()
                    .filter(event -> event.channel().equals(channel))
                    .count();
        }

        private void send(String channel, int count, boolean told) {
            for (int i = 0; i < count && !down; i++) {
                StoredEvent event = storage.append(channel, channel + stored.size());
                stored.add(event);
                data.put(channel + ":" + event.number(), event.data());
                if (told) {
                    node.receive(event);
                }
            }
        }

        /** Until time has passed, after a poll that saw all: what three polls in a row do not see counts as lost. */
        private void hide(int count) {
            if (!down) {
                storage.hideNewest(0);
                node.pass(Duration.ofSeconds(2));
                storage.hideNewest(count);
            }
        }

        private void tellAgain(int back) {
            if (!stored.isEmpty()) {
                node.receive(stored.get(Math.max(0, stored.size() - back)));
            }
        }

        private void connect(Client client) {
            if (client.subscriber != null || down) {
                return;
            }
            client.sink = new RecordingSink();
            StartAt start = client.lastEventId.isEmpty()
                    ? new StartAt.Now()
                    : new StartAt.After(LastEventId.parse(client.lastEventId));
            client.subscriber = node.subscribe(client.sink, start, client.channels);
        }

        private void disconnect(Client client) {
            Subscriber subscriber = client.subscriber;
            if (subscriber != null) {
                subscriber.end();
                client.subscriber = null;
                look(client);
            }
        }

        private void recover(Client client) {
            client.sink.recover();
            if (client.subscriber != null) {
                client.subscriber.wake();
            }
        }

        /** What it saw follows what it had seen; of what it could not have it was told. */
        private void look(Client client) {
            assertThat(client.sink.faults()).isEmpty();
            for (SseParser.Event event : client.sink.events()) {
                Map<String, Long> now = positions(event.lastEventId());
                if (event.type().equals("stream-reset")) {
                    client.seen.putAll(now);
                } else if (!event.type().equals("keep-alive")) {
                    now.forEach((channel, number) -> follow(client, channel, number, event, now));
                }
                client.lastEventId = event.lastEventId().isEmpty() ? client.lastEventId : event.lastEventId();
            }
        }

        private void follow(Client client, String channel, long number, SseParser.Event event, Map<String, Long> now) {
            Long before = client.seen.put(channel, number);
            if (before != null && number != before) {
                assertThat(number).as("%s after %s in %s", event, before, now).isEqualTo(before + 1);
                assertThat(data).containsEntry(channel + ":" + number, event.data());
            }
        }

        private static Map<String, Long> positions(String id) {
            Map<String, Long> positions = new HashMap<>();
            if (!id.isEmpty()) {
                LastEventId.parse(id)
                        .positions()
                        .forEach((channel, position) -> positions.put(channel, Long.parseLong(position)));
            }
            return positions;
        }

        /** Once nothing fails any more, everybody comes to the end. */
        void end() {
            storage.recover();
            down = false;
            storage.hideNewest(0);
            clients.forEach(this::recover);
            clients.forEach(this::connect);
            node.pass(Duration.ofSeconds(5));
            for (String channel : CHANNELS) {
                send(channel, 1, true);
            }
            node.pass(Duration.ofSeconds(5));
            for (Client client : clients) {
                look(client);
                for (String channel : client.channels) {
                    assertThat(client.seen).as(client.lastEventId).containsEntry(channel, count(channel));
                }
            }
        }

        @Override
        public void close() {
            node.close();
        }
    }
}
