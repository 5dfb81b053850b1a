package io.eventstream.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What is committed in the database of an application with {@link BusinessResource}.
 *
 * @param url of an empty PostgreSQL database
 */
record BusinessDatabase(String url) {

    /** Makes the tables: ours by our script, and that of the application. */
    BusinessDatabase create() {
        try (InputStream script = BusinessDatabase.class.getResourceAsStream("/META-INF/eventstream/postgresql.sql");
                Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            statement.execute("CREATE TABLE business (name VARCHAR(100) PRIMARY KEY)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** {@return the data of a channel's events, in the order of their numbers; those without a number at the end} */
    List<String> events(String channel) {
        return strings("SELECT event_data FROM eventstream_event WHERE channel = '" + channel
                + "' ORDER BY event_number NULLS LAST");
    }

    /** {@return whether each event has its number} */
    boolean allNumbered() {
        return strings("SELECT event_data FROM eventstream_event WHERE event_number IS NULL")
                .isEmpty();
    }

    /** {@return the business transactions that have committed} */
    List<String> business() {
        return strings("SELECT name FROM business");
    }

    private List<String> strings(String query) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
