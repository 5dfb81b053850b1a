package io.eventstream.storage;

import java.sql.Clob;
import java.sql.SQLException;

/** Values of columns, which providers and drivers return as one type or another. */
final class Rows {

    private Rows() {}

    static long number(Object value) {
        return ((Number) value).longValue();
    }

    static String text(Object value) {
        if (value instanceof Clob clob) {
            try {
                return clob.getSubString(1, Math.toIntExact(clob.length()));
            } catch (SQLException e) {
                throw new IllegalStateException("A text could not be read", e);
            }
        }
        return (String) value;
    }
}
