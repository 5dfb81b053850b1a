package io.eventstream.cluster;

import io.eventstream.broadcast.RealNode;
import io.eventstream.config.JmsSettings;
import io.eventstream.config.PostgresqlSettings;
import io.eventstream.config.RedisSettings;
import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;
import io.eventstream.testing.BrokerProcess;
import io.eventstream.testing.PostgresServer;
import io.eventstream.testing.RedisServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * From a send on one node until a client of another is written to, one event after the other, and what the transport itself takes
 * for a text of the same length. Redis, Artemis and PostgreSQL are processes of their own.
 */
final class NodeToNodeBench {

    private static final int WARM_UP = 3000;
    private static final int MEASURED = 2000;
    private static final String DATA = "x".repeat(100);

    private NodeToNodeBench() {}

    public static void main(String[] args) throws Exception {
        try (var redis = new RedisServer()) {
            var settings = new RedisSettings(redis.url(0), "bench", Duration.ofSeconds(2));
            measure("redis", () -> new RedisTransport(settings));
        }
        try (var broker = new BrokerProcess()) {
            var settings = new JmsSettings("", "tcp://127.0.0.1:" + broker.port(), "bench", "");
            measure("jms", () -> JmsFactories.transport(settings));
        }
        try (var server = new PostgresServer()) {
            var settings = new PostgresqlSettings(server.database("bench"), "bench", Duration.ofSeconds(10));
            measure("postgresql", () -> new PostgresqlTransport(settings));
        }
        System.exit(0);
    }

    private interface Round {
        void run() throws Exception;
    }

    private static void measure(String name, Supplier<EventTransport> transports) throws Exception {
        double alone = alone(transports);
        double nodes = nodes(transports);
        System.out.printf(
                Locale.ROOT,
                "%s: from node to node %.0f us at the median, the transport alone %.0f us, %.0f us more%n",
                name,
                nodes,
                alone,
                nodes - alone);
    }

    private static double alone(Supplier<EventTransport> transports) throws Exception {
        EventTransport sending = transports.get();
        EventTransport receiving = transports.get();
        var arrived = new Semaphore(0);
        var connected = new Semaphore(0);
        var thread = new Thread(() -> {
            try {
                receiving.receive(new TransportListener() {
                    @Override
                    public void connected() {
                        connected.release();
                    }

                    @Override
                    public void received(String text) {
                        arrived.release();
                    }
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        connected.acquire();
        String text = "x".repeat(300);
        double median = median(() -> {
            sending.publish(text);
            await(arrived);
        });
        sending.close();
        receiving.close();
        thread.join();
        return median;
    }

    private static double nodes(Supplier<EventTransport> transports) throws Exception {
        var arrived = new Semaphore(0);
        try (var first = new RealMember(Optional.empty(), Optional.of(transports.get()), new Permissions());
                var second = new RealMember(Optional.empty(), Optional.of(transports.get()), new Permissions())) {
            while (!first.isConnected() || !second.isConnected()) {
                Thread.sleep(10);
            }
            RealNode.Client far = second.node.listen("ann", "c", arrived::release);
            // The first may be a stream-reset, since the node has just been connected.
            do {
                first.cluster.publish("c", "message", Set.of(), DATA);
            } while (!arrived.tryAcquire(1, TimeUnit.SECONDS));
            Thread.sleep(1000);
            arrived.drainPermits();
            double median = median(() -> {
                first.cluster.publish("c", "message", Set.of(), DATA);
                await(arrived);
            });
            far.end();
            return median;
        }
    }

    private static void await(Semaphore arrived) throws InterruptedException {
        if (!arrived.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Nothing arrived");
        }
    }

    /** {@return microseconds} */
    private static double median(Round round) throws Exception {
        var nanos = new long[WARM_UP + MEASURED];
        for (int i = 0; i < nanos.length; i++) {
            // Apart, as single events are.
            Thread.sleep(i < WARM_UP ? 0 : 1);
            long start = System.nanoTime();
            round.run();
            nanos[i] = System.nanoTime() - start;
        }
        long[] measured = Arrays.copyOfRange(nanos, WARM_UP, nanos.length);
        Arrays.sort(measured);
        return measured[MEASURED / 2] / 1e3;
    }
}
