package io.eventstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.config.RedisSettings;
import io.eventstream.spi.Appended;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * Events that 16 senders store per second in Redis, each waiting for its own, against a bare program that pipelines XADD in
 * batches of the same size on one connection. Arguments: URL of an empty Redis, seconds.
 */
final class RedisBench {

    private static final int SENDERS = 16;
    private static final String DATA = "{\"text\":\"" + "x".repeat(89) + "\"}";
    private static final EncodedMessage MESSAGE = new EncodedMessage("bench", "message", DATA, Set.of());

    private RedisBench() {}

    public static void main(String[] arguments) throws Exception {
        var settings = new RedisSettings(arguments[0], "eventstream", Duration.ofSeconds(10));
        int seconds = Integer.parseInt(arguments[1]);
        try (var storage = RedisEventStorage.open(settings)) {
            senders(storage, seconds);
            bare(settings, SENDERS, seconds);
            for (int round = 1; round <= 5; round++) {
                var ours = senders(storage, seconds);
                int size = (int) Math.max(1, Math.round(ours.batch));
                double one = one(storage, size, seconds);
                double bare = bare(settings, size, seconds);
                System.out.printf(
                        "round %d: %.0f events/s in calls of %d; one sender of as many at once %.0f; bare XADD %.0f"
                                + " (ratios %.2f and %.2f)%n",
                        round, ours.rate, size, one, bare, ours.rate / bare, one / bare);
                storage.purge(channel -> Duration.ZERO);
            }
        }
    }

    private record Result(double rate, double batch) {}

    private static Result senders(EventStorage storage, int seconds) throws Exception {
        var calls = new AtomicLong();
        var events = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        long begun = System.nanoTime();
        try (var group = new GroupCommit(
                storage, Thread::new, (Appended appended) -> calls.incrementAndGet(), new Outage(System::nanoTime))) {
            List<Future<?>> running = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
                        group.append(List.of(MESSAGE)).join();
                        events.incrementAndGet();
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        double rate = events.get() * 1e9 / (System.nanoTime() - begun);
        return new Result(rate, (double) events.get() / calls.get());
    }

    private static double one(EventStorage storage, int size, int seconds) {
        List<EncodedMessage> messages = Collections.nCopies(size, MESSAGE);
        long events = 0;
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
            events += storage.append(messages).own().size();
        }
        return events * 1e9 / (System.nanoTime() - begun);
    }

    private static double bare(RedisSettings settings, int size, int seconds) {
        try (var connection = new Connection(settings.host(), settings.port())) {
            connection.executeCommand(new CommandArguments(Command.DEL).add("bare"));
            byte[] data = DATA.getBytes(UTF_8);
            long number = 0;
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
                for (int i = 0; i < size; i++) {
                    number++;
                    connection.sendCommand(new CommandArguments(Command.XADD)
                            .add("bare")
                            .add(number + "-0")
                            .add("t")
                            .add("1700000000000")
                            .add("e")
                            .add("message")
                            .add("d")
                            .add(data)
                            .add("u")
                            .add(""));
                }
                connection.getMany(size);
            }
            return number * 1e9 / (System.nanoTime() - begun);
        }
    }
}
