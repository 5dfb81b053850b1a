package io.eventstream.storage;

import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Events that 16 senders store per second, each waiting for its own, against a bare JDBC program that inserts batches of
 * the same size into the same table, and against as many senders of which each locks the channel's counter for its event
 * ({@link LockedCounter}). Arguments: provider, URL of an empty PostgreSQL database, seconds.
 */
final class StorageBench {

    private StorageBench() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[1];
        int seconds = Integer.parseInt(arguments[2]);
        try (var nodes = new JpaNodes(new JpaUnit(arguments[0], url, SchemaSource.SCRIPT));
                var locked = new LockedCounter(url)) {
            BenchSenders.inGroups(nodes.node(0), seconds);
            for (int round = 1; round <= 3; round++) {
                double reference = BenchSenders.rate(seconds, locked::sender);
                System.out.printf("round %d: locked counter %.0f events/s%n", round, reference);
                for (int ahead : List.of(1, 16)) {
                    var ours = BenchSenders.inGroups(nodes.node(0), seconds, ahead);
                    int size = ours.batchSize();
                    double bare = bare(url, size, seconds);
                    double rewritten = bare(url + "&reWriteBatchedInserts=true", size, seconds);
                    System.out.printf(
                            "  up to %d of each sender not awaited yet: %.0f events/s in commits of %d, %.1f x locked"
                                    + " counter; bare JDBC %.0f: %.2f, with reWriteBatchedInserts %.0f: %.2f%n",
                            ahead,
                            ours.rate(),
                            size,
                            ours.rate() / reference,
                            bare,
                            ours.rate() / bare,
                            rewritten,
                            ours.rate() / rewritten);
                }
            }
        }
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
                    insert.setString(4, BenchSenders.DATA);
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
