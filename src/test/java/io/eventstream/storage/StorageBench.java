package io.eventstream.storage;

import io.eventstream.spi.Appended;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events that 16 senders store per second, each waiting for its own, against a bare JDBC program that inserts batches of
 * the same size into the same table. Arguments: provider, URL of an empty PostgreSQL database, seconds.
 */
final class StorageBench {

    private static final int SENDERS = 16;
    private static final String DATA = "{\"text\":\"" + "x".repeat(89) + "\"}";
    private static final EncodedMessage MESSAGE = new EncodedMessage("bench", "message", DATA, Set.of());

    private StorageBench() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[1];
        int seconds = Integer.parseInt(arguments[2]);
        try (var nodes = new JpaNodes(new JpaUnit(arguments[0], url, SchemaSource.SCRIPT))) {
            senders(nodes.node(0), seconds);
            long size = 1;
            for (int round = 1; round <= 3; round++) {
                var ours = senders(nodes.node(0), seconds);
                size = Math.max(1, Math.round(ours.batch));
                double bare = bare(url, (int) size, seconds);
                double rewritten = bare(url + "&reWriteBatchedInserts=true", (int) size, seconds);
                System.out.printf(
                        "round %d: %.0f events/s in commits of %d; bare JDBC %.0f (ratio %.2f), with"
                                + " reWriteBatchedInserts %.0f (ratio %.2f)%n",
                        round, ours.rate, size, bare, ours.rate / bare, rewritten, ours.rate / rewritten);
            }
        }
    }

    private record Result(double rate, double batch) {}

    private static Result senders(EventStorage storage, int seconds) throws Exception {
        var commits = new AtomicLong();
        var events = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        long begun = System.nanoTime();
        try (var group = new GroupCommit(
                storage, Thread::new, (Appended appended) -> commits.incrementAndGet(), new Outage(System::nanoTime))) {
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
        return new Result(rate, (double) events.get() / commits.get());
    }

    private static double bare(String url, int size, int seconds) throws SQLException {
        long number = System.nanoTime();
        long first = number;
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO eventstream_event"
                        + " (channel, event_number, event_type, event_data, skip_users, numbered_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
                for (int i = 0; i < size; i++) {
                    insert.setString(1, "bare");
                    insert.setLong(2, number++);
                    insert.setString(3, "message");
                    insert.setString(4, DATA);
                    insert.setString(5, "");
                    insert.setLong(6, 1);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
            return (number - first) * 1e9 / (System.nanoTime() - begun);
        }
    }
}
