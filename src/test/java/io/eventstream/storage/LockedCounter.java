package io.eventstream.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Storing as one would do without the library: for each event a transaction that locks the channel's counter, inserts the
 * event under the next number, raises the counter and commits. Bare JDBC, a connection for each sender, all statements
 * prepared. What it leaves out is the deletion of old events with each send.
 */
final class LockedCounter implements AutoCloseable {

    private final String url;
    private final List<Connection> connections = new ArrayList<>();

    LockedCounter(String url) throws SQLException {
        this.url = url;
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS locked_counter (channel VARCHAR(255) PRIMARY KEY, n BIGINT)");
            statement.execute("INSERT INTO locked_counter VALUES ('locked', 0) ON CONFLICT DO NOTHING");
        }
    }

    BenchSenders.Step sender() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        connections.add(connection);
        connection.setAutoCommit(false);
        PreparedStatement lock =
                connection.prepareStatement("SELECT n FROM locked_counter WHERE channel = 'locked' FOR UPDATE");
        PreparedStatement insert = connection.prepareStatement("INSERT INTO eventstream_event"
                + " (channel, event_number, event_type, event_data, skip_users, numbered_at)"
                + " VALUES ('locked', ?, 'message', ?, '', 1)");
        PreparedStatement raise =
                connection.prepareStatement("UPDATE locked_counter SET n = ? WHERE channel = 'locked'");
        return () -> {
            long number;
            try (ResultSet counter = lock.executeQuery()) {
                counter.next();
                number = counter.getLong(1) + 1;
            }
            insert.setLong(1, number);
            insert.setString(2, BenchSenders.DATA);
            insert.executeUpdate();
            raise.setLong(1, number);
            raise.executeUpdate();
            connection.commit();
        };
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
