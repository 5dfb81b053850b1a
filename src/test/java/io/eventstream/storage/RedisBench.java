package io.eventstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.config.RedisSettings;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * Events that 16 senders store per second in Redis, each waiting for its own, against a bare program that pipelines XADD in
 * batches of the same size on one connection. Arguments: URL of an empty Redis, seconds.
 */
final class RedisBench {

    private RedisBench() {}

    public static void main(String[] arguments) throws Exception {
        var settings = new RedisSettings(arguments[0], "eventstream", Duration.ofSeconds(10));
        int seconds = Integer.parseInt(arguments[1]);
        try (var storage = RedisEventStorage.open(settings)) {
            BenchSenders.inGroups(storage, seconds);
            bare(settings, BenchSenders.SENDERS, seconds);
            for (int round = 1; round <= 5; round++) {
                var ours = BenchSenders.inGroups(storage, seconds);
                int size = ours.batchSize();
                double one = one(storage, size, seconds);
                double bare = bare(settings, size, seconds);
                System.out.printf(
                        "round %d: %.0f events/s in calls of %d; one sender of as many at once %.0f; bare XADD %.0f"
                                + " (ratios %.2f and %.2f)%n",
                        round, ours.rate(), size, one, bare, ours.rate() / bare, one / bare);
                storage.purge(channel -> Duration.ZERO);
            }
        }
    }

    private static double one(EventStorage storage, int size, int seconds) {
        List<EncodedMessage> messages = Collections.nCopies(size, BenchSenders.MESSAGE);
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
            byte[] data = BenchSenders.DATA.getBytes(UTF_8);
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
