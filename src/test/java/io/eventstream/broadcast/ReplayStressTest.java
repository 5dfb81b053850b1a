package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.LastEventId;
import io.eventstream.config.ConfigFixtures;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.StoredEvent;
import io.eventstream.sse.SseFixtures;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.SseParser;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Reliable channels with real threads: senders whose events arrive in any order, twice or not at all, purges, and clients that
 * stall, break down and come back with the id that they had.
 */
class ReplayStressTest {

    private static final int SENDERS = 3;
    private static final int CLIENTS = 40;
    private static final List<String> CHANNELS = List.of("a", "b", "c");
    private static final Duration LASTS = Duration.ofSeconds(10);

    private final MemoryStorage storage = new MemoryStorage();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final ReplayThreads later = new ReplayThreads(TestNode.REAL_THREADS);
    private final Broadcasters node = node();

    private Broadcasters node() {
        EventStreamConfig config = ConfigFixtures.config(
                "eventstream.tail.events", "20",
                "eventstream.replay.page", "7",
                "eventstream.storage.poll", "PT0.1S",
                "eventstream.keep-alive", "PT0.05S");
        return new Broadcasters(
                config,
                SseFixtures.encoder(),
                System::nanoTime,
                TestNode.REAL_THREADS,
                TestNode.subscribers(config, System::nanoTime, TestNode.REAL_THREADS, TestNode.NOBODY_ASKS),
                Replay.of(
                        storage,
                        channel -> true,
                        channel -> Duration.ofHours(1),
                        config,
                        later,
                        Clock.systemUTC(),
                        later::close),
                subscriber -> {});
    }

    /** A client that checks what it gets; called by one thread at a time, as the right to drain sees to. */
    private final class Client implements Sink {

        private final String[] channels;
        private final Random random;
        private final Map<String, Long> seen = new HashMap<>();
        private SseParser parser = new SseParser();
        private volatile String lastEventId = "";
        private volatile boolean stalled;
        private volatile boolean ended = true;
        private volatile boolean calm;
        private volatile @Nullable Subscriber subscriber;

        Client(int index) {
            this.random = new Random(index);
            this.channels = index % 3 == 0
                    ? CHANNELS.toArray(String[]::new)
                    : new String[] {CHANNELS.get(index % CHANNELS.size())};
        }

        void connect() {
            Subscriber opened = node.subscribe(TestNode.interest(channels));
            node.locate(
                    opened,
                    lastEventId.isEmpty() ? new StartAt.Now() : new StartAt.After(LastEventId.parse(lastEventId)));
            parser = new SseParser();
            stalled = false;
            ended = false;
            subscriber = opened;
            opened.start(this);
            opened.wake();
        }

        void wake() {
            stalled = false;
            Subscriber opened = subscriber;
            if (opened != null) {
                opened.wake();
            }
        }

        /** Called until all is quiet, since it may have been about to stall or to break down. Nobody else is woken. */
        void comeBack() {
            if (ended) {
                connect();
            } else if (stalled) {
                wake();
            }
        }

        @Override
        public boolean ready() {
            if (!calm && random.nextInt(30) == 0) {
                stalled = true;
            }
            return !stalled;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (!calm && random.nextInt(200) == 0) {
                throw new IOException("Broken pipe");
            }
            for (SseParser.Event event : parser.feed(bytes)) {
                take(event);
            }
        }

        private void take(SseParser.Event event) {
            String id = event.lastEventId();
            if (id.isEmpty()) {
                return;
            }
            LastEventId.parse(id).positions().forEach((channel, text) -> {
                long number = Long.parseLong(text);
                Long before = seen.put(channel, number);
                if (!event.type().equals("stream-reset")
                        && before != null
                        && number != before
                        && number != before + 1) {
                    faults.add(channel + " " + number + " after " + before);
                }
                if (event.type().equals("message")
                        && channel.equals(event.data().substring(0, 1))
                        && !event.data().equals(channel + number)) {
                    faults.add(event.data() + " as " + number);
                }
            });
            lastEventId = id;
        }

        @Override
        public void flush() {
            // It is there at once.
        }

        @Override
        public void complete(Ending end, @Nullable Exception failure) {
            ended = true;
        }

        @Override
        public boolean mayBlock() {
            return false;
        }
    }

    @Test
    void showsEveryClientContiguousEventsOrAReset() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(SENDERS + 1, TestNode.REAL_THREADS);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(i));
        }
        long until = System.nanoTime() + LASTS.toNanos();
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            var random = new Random(i);
            String channel = CHANNELS.get(i);
            workers.add(pool.submit(() -> send(channel, random, until)));
        }
        workers.add(pool.submit(() -> comeAndGo(clients, until)));
        for (Future<?> worker : workers) {
            worker.get(LASTS.toSeconds() + 30, TimeUnit.SECONDS);
        }
        Map<String, Long> heads = new HashMap<>();
        storage.heads(CHANNELS).forEach((channel, head) -> heads.put(channel, head.newest()));
        for (Client client : clients) {
            client.calm = true;
        }

        await().untilAsserted(() -> {
            clients.forEach(Client::comeBack);
            assertThat(clients).allSatisfy(client -> {
                assertThat(faults).isEmpty();
                for (String channel : client.channels) {
                    assertThat(client.lastEventId).contains(channel + ":" + heads.get(channel));
                }
            });
        });
        node.close();
        pool.shutdown();
        await().untilAsserted(() -> assertThat(node.subscribers().count()).isZero());
        await().untilAsserted(() -> assertThat(node.budget().held()).isZero());
        assertThat(faults).isEmpty();
    }

    /** Each channel has one sender, so that its data say its numbers; what it tells is late, doubled or lost. */
    private void send(String channel, Random random, long until) {
        long number = 0;
        List<StoredEvent> untold = new ArrayList<>();
        while (System.nanoTime() < until) {
            number++;
            untold.add(storage.append(channel, channel + number));
            if (random.nextInt(5) == 0) {
                untold.removeIf(event -> random.nextInt(20) == 0);
                if (random.nextInt(3) == 0) {
                    Collections.reverse(untold);
                }
                node.receive(List.copyOf(untold));
                if (random.nextInt(10) != 0) {
                    untold.clear();
                }
            }
            if (number % 500 == 0) {
                storage.purge(channel, number - 400);
                Thread.yield();
            }
        }
    }

    private void comeAndGo(List<Client> clients, long until) {
        var random = new Random(99);
        while (System.nanoTime() < until) {
            Client client = clients.get(random.nextInt(clients.size()));
            Subscriber subscriber = client.subscriber;
            if (client.ended) {
                client.connect();
            } else if (subscriber != null && random.nextInt(4) == 0) {
                subscriber.end();
            } else {
                client.wake();
            }
        }
    }
}
