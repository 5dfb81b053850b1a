package io.eventstream.chaos;

import io.eventstream.testing.BrokerProcess;
import io.eventstream.testing.PostgresServer;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Nodes, each a server's process, with the database and the broker that they share, processes as well. */
final class Cluster implements AutoCloseable {

    private final PostgresServer database = new PostgresServer();
    private final BrokerProcess broker = new BrokerProcess();
    private final String url = database.database("chaos");
    private final List<Node> nodes;

    /** Starts a node of each of these kinds of servers, all at once. */
    Cluster(List<String> kinds) {
        List<CompletableFuture<Node>> started = IntStream.range(0, kinds.size())
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> new Node(kinds.get(i), "node" + i, url, broker.port())))
                .toList();
        nodes = started.stream().map(CompletableFuture::join).toList();
    }

    List<Node> nodes() {
        return nodes;
    }

    /** {@return where the application is on each node} */
    List<URI> bases() {
        return nodes.stream().map(Node::base).toList();
    }

    BrokerProcess broker() {
        return broker;
    }

    PostgresServer database() {
        return database;
    }

    /** {@return the data of all events, by channel and number; those without a number have 0} */
    Map<String, Map<Long, String>> stored() {
        Map<String, Map<Long, String>> stored = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT channel, COALESCE(event_number, 0), event_data FROM eventstream_event")) {
            while (rows.next()) {
                stored.computeIfAbsent(rows.getString(1), channel -> new HashMap<>())
                        .put(rows.getLong(2), rows.getString(3));
            }
            return stored;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        broker.close();
        database.close();
    }
}
