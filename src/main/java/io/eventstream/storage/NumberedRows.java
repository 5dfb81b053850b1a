package io.eventstream.storage;

import io.eventstream.spi.StoredEvent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.function.Function;

/**
 * Inserts events that have their numbers, many with one statement: with keys of the database's making, JPA inserts rows one
 * by one.
 */
final class NumberedRows {

    /** Rows of one statement that takes them as arrays. */
    private static final int MOST_ROWS = 1000;

    /** So that a statement stays well below what servers take at once: 16 MB on MariaDB. */
    private static final int MOST_CHARACTERS = 3_000_000;

    private static final String INSERT = "INSERT INTO eventstream_event"
            + " (channel, event_number, event_type, event_data, skip_users, numbered_at) ";

    /** One text for any number of rows, so that it is prepared once, and five parameters for providers to handle. */
    private static final String OF_ARRAYS = INSERT + "SELECT a.c, a.n, a.t, a.d, a.u, CAST(?6 AS BIGINT)"
            + " FROM UNNEST(CAST(?1 AS VARCHAR[]), CAST(?2 AS BIGINT[]), CAST(?3 AS VARCHAR[]), CAST(?4 AS TEXT[]),"
            + " CAST(?5 AS TEXT[])) AS a(c, n, t, d, u)";

    private final EntityManager em;
    private final boolean takesArrays;

    NumberedRows(EntityManager em, Database database) {
        this.em = em;
        this.takesArrays = database == Database.POSTGRESQL;
    }

    void insert(List<StoredEvent> events, long millis) {
        int from = 0;
        while (from < events.size()) {
            int to = endOfStatement(events, from, takesArrays ? MOST_ROWS : Database.ROWS_AT_ONCE);
            if (takesArrays) {
                insertArrays(events.subList(from, to), millis);
            } else {
                insertRows(events.subList(from, to), millis);
            }
            from = to;
        }
    }

    private static int endOfStatement(List<StoredEvent> events, int from, int mostRows) {
        int to = from;
        long characters = 0;
        while (to < events.size() && to - from < mostRows) {
            characters += events.get(to).data().length();
            if (to > from && characters > MOST_CHARACTERS) {
                break;
            }
            to++;
        }
        return to;
    }

    private void insertArrays(List<StoredEvent> events, long millis) {
        em.createNativeQuery(OF_ARRAYS)
                .setParameter(1, array(events, StoredEvent::channel))
                .setParameter(2, array(events, event -> Long.toString(event.number())))
                .setParameter(3, array(events, StoredEvent::type))
                .setParameter(4, array(events, event -> StoredTexts.data(event.data())))
                .setParameter(5, array(events, event -> StoredTexts.users(event.skipUsers())))
                .setParameter(6, millis)
                .executeUpdate();
    }

    /** As PostgreSQL writes an array: each value in quotes, so that an empty one and the word NULL are texts as well. */
    static <T> String array(List<T> rows, Function<T, String> value) {
        var text = new StringBuilder("{");
        for (T row : rows) {
            String plain = value.apply(row);
            text.append(text.length() == 1 ? "\"" : ",\"");
            for (int i = 0; i < plain.length(); i++) {
                char c = plain.charAt(i);
                if (c == '"' || c == '\\') {
                    text.append('\\');
                }
                text.append(c);
            }
            text.append('"');
        }
        return text.append('}').toString();
    }

    private void insertRows(List<StoredEvent> events, long millis) {
        Query insert = em.createNativeQuery(ofRows(events.size()));
        int parameter = 1;
        for (StoredEvent event : events) {
            insert.setParameter(parameter++, event.channel());
            insert.setParameter(parameter++, event.number());
            insert.setParameter(parameter++, event.type());
            insert.setParameter(parameter++, StoredTexts.data(event.data()));
            insert.setParameter(parameter++, StoredTexts.users(event.skipUsers()));
            insert.setParameter(parameter++, millis);
        }
        insert.executeUpdate();
    }

    private static String ofRows(int rows) {
        var sql = new StringBuilder(INSERT).append("VALUES ");
        for (int row = 0; row < rows; row++) {
            sql.append(row == 0 ? "(" : ", (");
            for (int column = 1; column <= 6; column++) {
                sql.append(column == 1 ? "?" : ", ?").append(6 * row + column);
            }
            sql.append(')');
        }
        return sql.toString();
    }
}
