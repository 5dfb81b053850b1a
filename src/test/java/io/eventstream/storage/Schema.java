package io.eventstream.storage;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What our tables are in a database, as far as our statements care.
 *
 * @param columns table and column to type, size and whether it may be null
 * @param indexes the columns of each index, in order, unique ones marked
 */
record Schema(Map<String, String> columns, Set<String> indexes) {

    private static final List<String> TABLES =
            List.of("eventstream_event", "eventstream_channel", "eventstream_storage");

    static Schema of(String url) {
        try (Connection connection = DriverManager.getConnection(url)) {
            var columns = new TreeMap<String, String>();
            Set<String> indexes = new TreeSet<>();
            for (String table : TABLES) {
                readColumns(connection, table, columns);
                readIndexes(connection, table, indexes);
            }
            return new Schema(columns, indexes);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String stored(DatabaseMetaData data, String table) throws SQLException {
        return data.storesUpperCaseIdentifiers() ? table.toUpperCase() : table;
    }

    private static void readColumns(Connection connection, String table, Map<String, String> columns)
            throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        try (ResultSet row = data.getColumns(connection.getCatalog(), null, stored(data, table), null)) {
            while (row.next()) {
                String type = row.getString("TYPE_NAME").toLowerCase();
                columns.put(
                        table + "." + row.getString("COLUMN_NAME").toLowerCase(),
                        type + "(" + row.getInt("COLUMN_SIZE") + ") " + row.getString("IS_NULLABLE")
                                + collation(connection, table, row.getString("COLUMN_NAME")));
            }
        }
    }

    private static String collation(Connection connection, String table, String column) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("MariaDB")) {
            return "";
        }
        try (var query = connection.prepareStatement("SELECT collation_name FROM information_schema.columns"
                + " WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?")) {
            query.setString(1, table);
            query.setString(2, column);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                // Nothing is ever compared by the storage's own UUID.
                return column.equals("uuid") ? "" : " " + row.getString(1);
            }
        }
    }

    private static void readIndexes(Connection connection, String table, Set<String> indexes) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        Map<String, String> byName = new HashMap<>();
        try (ResultSet row = data.getIndexInfo(connection.getCatalog(), null, stored(data, table), false, false)) {
            while (row.next()) {
                if (row.getString("INDEX_NAME") != null) {
                    String start = table + (row.getBoolean("NON_UNIQUE") ? "" : " unique");
                    byName.merge(
                            row.getString("INDEX_NAME"),
                            start + " " + row.getString("COLUMN_NAME").toLowerCase(),
                            (before, added) -> before + added.substring(start.length()));
                }
            }
        }
        indexes.addAll(new HashSet<>(byName.values()));
    }
}
