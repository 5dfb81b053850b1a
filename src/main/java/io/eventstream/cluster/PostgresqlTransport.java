package io.eventstream.cluster;

import io.eventstream.config.PostgresqlSettings;
import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * LISTEN and NOTIFY of PostgreSQL, with a connection for each. Not of a pool, since one that listens is never given back, and in
 * a transaction it hears nothing. No other class mentions the driver. Safe for use by many threads.
 */
final class PostgresqlTransport implements EventTransport {

    /** Our own heartbeats come back, so a connection that brings nothing for so long is dead. */
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(3);

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final PostgresqlSettings settings;
    private final boolean driverWasThere;
    private final KeptConnection<Connection, SQLException> receiving;
    private final KeptConnection<Connection, SQLException> sending;

    PostgresqlTransport(PostgresqlSettings settings) {
        this.settings = settings;
        this.driverWasThere = DriverManager.drivers()
                .anyMatch(driver -> driver.getClass().getName().equals("org.postgresql.Driver"));
        this.receiving = kept();
        this.sending = kept();
    }

    private KeptConnection<Connection, SQLException> kept() {
        // By abort, which does not wait for whoever uses it.
        return new KeptConnection<>(this::connect, connection -> connection.abort(Runnable::run));
    }

    private Connection connect() throws SQLException, IOException {
        var defaults = new Properties();
        defaults.setProperty("ApplicationName", "eventstream");
        defaults.setProperty("connectTimeout", Long.toString(CONNECTING.toSeconds()));
        defaults.setProperty("loginTimeout", Long.toString(CONNECTING.toSeconds()));
        defaults.setProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
        Connection connection = new Driver().connect(settings.url(), defaults);
        if (connection == null) {
            throw new IOException("The driver does not take eventstream.postgresql.url");
        }
        return connection;
    }

    @Override
    public void receive(TransportListener listener) throws IOException {
        try {
            Connection connection = receiving.get();
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN \"" + settings.topic() + "\"");
            }
            listener.connected();
            listen(connection.unwrap(PGConnection.class), listener);
        } catch (SQLException e) {
            if (!receiving.isClosed()) {
                throw new IOException("The connection on which this node listens to PostgreSQL failed", e);
            }
        } finally {
            receiving.forget();
        }
    }

    private void listen(PGConnection connection, TransportListener listener) throws SQLException, IOException {
        var parts = new NotifiedParts();
        long heard = System.nanoTime();
        while (!receiving.isClosed()) {
            PGNotification[] notifications = connection.getNotifications((int) LOOK.toMillis());
            long now = System.nanoTime();
            if (notifications != null && notifications.length > 0) {
                heard = now;
                for (PGNotification notification : notifications) {
                    parts.add(notification.getPID(), notification.getParameter())
                            .ifPresent(listener::received);
                }
            } else if (now - heard > SILENCE.toNanos()) {
                throw new IOException(
                        "The connection on which this node listens to PostgreSQL brings nothing any more");
            }
        }
    }

    @Override
    public void publish(String text) throws IOException {
        try {
            notify(sending.get(), NotifiedParts.of(text));
        } catch (SQLException e) {
            sending.forget();
            throw new IOException("PostgreSQL did not take what this node publishes", e);
        }
    }

    /** In one transaction, so that they stay together: PostgreSQL tells those of one commit after those of another. */
    private void notify(Connection connection, String[] parts) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_notify(?, part) FROM unnest(?) part")) {
            statement.setString(1, settings.topic());
            statement.setArray(2, connection.createArrayOf("text", parts));
            statement.execute();
        }
    }

    @Override
    public void close() {
        receiving.close();
        sending.close();
        forgetDriver();
    }

    /**
     * A driver puts itself into the JVM's list of drivers when it is first used, and the list would keep the application in
     * memory that brings it.
     */
    private void forgetDriver() {
        try {
            if (!driverWasThere && Driver.isRegistered()) {
                Driver.deregister();
            }
        } catch (SQLException e) {
            // Nothing depends on it.
        }
    }
}
