package io.eventstream.storage;

import io.eventstream.spi.EncodedMessage;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The few statements that differ between databases, or that JPQL cannot say. They name tables and columns without quotes
 * and without a schema: the tables are those that the connection finds first, and a persistence unit must neither quote
 * all identifiers nor set another schema or other names for our entities.
 */
enum Database {
    POSTGRESQL(
            "sql_features",
            "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
            "CAST(table_schema AS name) = ANY (current_schemas(false))") {
        @Override
        long insert(EntityManager em, EncodedMessage message) {
            bound(em.createNativeQuery(INSERT), message).executeUpdate();
            return Rows.number(
                    em.createNativeQuery("SELECT currval(pg_get_serial_sequence('eventstream_event', 'row_key'))")
                            .getSingleResult());
        }
    },

    /** MySQL as well. By UTC, since a local time comes twice in the night when summer ends. */
    MARIADB(
            "engines",
            "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000",
            "table_schema = DATABASE()") {
        @Override
        long insert(EntityManager em, EncodedMessage message) {
            bound(em.createNativeQuery(INSERT), message).executeUpdate();
            return Rows.number(em.createNativeQuery("SELECT LAST_INSERT_ID()").getSingleResult());
        }

        // From the constants to the rows by their primary key, in this order, and by that key whatever the statistics
        // say: else the optimizer prefers to scan a small table, locks what it scans, and waits for the rows of open
        // business transactions.
        @Override
        String numberingStatement(int rows) {
            return "UPDATE (" + constants("SELECT ?%d AS k, ?%d AS n", "SELECT ?%d, ?%d", 2, rows) + BY_KEY
                    + " SET e.event_number = x.n, e.numbered_at = ?1 WHERE e.event_number IS NULL";
        }

        @Override
        String deletionStatement(int rows) {
            return "DELETE e FROM (" + constants("SELECT ?%d AS k", "SELECT ?%d", 1, rows) + BY_KEY;
        }
    },

    H2("in_doubt", "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)", "table_schema = CURRENT_SCHEMA") {
        @Override
        long insert(EntityManager em, EncodedMessage message) {
            // EclipseLink takes what follows for a read, and reads inside of the transaction only after a change.
            em.createNativeQuery("DELETE FROM eventstream_event WHERE row_key = -1")
                    .executeUpdate();
            return Rows.number(bound(em.createNativeQuery("SELECT row_key FROM FINAL TABLE (" + INSERT + ")"), message)
                    .getSingleResult());
        }
    };

    private static final String INSERT = "INSERT INTO eventstream_event"
            + " (channel, event_type, event_data, skip_users, numbered_at) VALUES (?1, ?2, ?3, ?4, 0)";

    private static final String BY_KEY =
            ") x STRAIGHT_JOIN eventstream_event e FORCE INDEX (PRIMARY) ON e.row_key = x.k";

    /** One statement that runs on all of them, since a failing one would be logged and spoil a transaction. */
    private static final String WHICH = "SELECT LOWER(table_name) FROM information_schema.tables"
            + " WHERE LOWER(table_schema) = 'information_schema'";

    /**
     * Rows of one statement. EclipseLink looks each parameter up among all others, so that a statement of 200 rows costs it
     * more than the database; and statements that differ in their size alone are prepared each for itself.
     */
    static final int ROWS_AT_ONCE = 16;

    private final String knownBy;
    private final String clock;
    private final String found;

    Database(String knownBy, String clock, String found) {
        this.knownBy = knownBy;
        this.clock = clock;
        this.found = found;
    }

    /** The one behind a persistence unit. */
    static Database of(EntityManager em) {
        List<?> tables = em.createNativeQuery(WHICH).getResultList();
        for (Database database : values()) {
            if (tables.contains(database.knownBy)) {
                return database;
            }
        }
        throw new IllegalStateException("The persistence unit's database is none of " + List.of(values())
                + " (or MySQL), which storage works on");
    }

    /** {@return whether our tables are among those that the connection finds without a schema} */
    boolean hasTables(EntityManager em) {
        return Rows.number(em.createNativeQuery("SELECT COUNT(*) FROM information_schema.tables WHERE"
                                + " LOWER(table_name) = 'eventstream_storage' AND " + found)
                        .getSingleResult())
                > 0;
    }

    /** {@return the script that makes our tables, below the library's root} */
    String script() {
        return "/META-INF/eventstream/" + name().toLowerCase(Locale.ROOT) + ".sql";
    }

    /** The generation and the database's clock in milliseconds since 1970: the same for all nodes. */
    Moment now(EntityManager em) {
        var row = (Object[])
                em.createNativeQuery("SELECT s.generation, " + clock + " FROM eventstream_storage s WHERE s.id = ?1")
                        .setParameter(1, StorageRow.ID)
                        .getSingleResult();
        return new Moment(((Number) row[0]).longValue(), ((Number) row[1]).longValue());
    }

    /** Counters that are locked, with the generation and the clock, at once: each statement is a way to the server. */
    List<Counter> counters(EntityManager em, Collection<String> channels) {
        Query query = em.createNativeQuery("SELECT c.channel, c.head, c.oldest_at, s.generation, " + clock
                + ", CASE WHEN EXISTS (SELECT 1 FROM eventstream_event e"
                + " WHERE e.channel = c.channel AND e.event_number IS NULL) THEN 1 ELSE 0 END"
                + " FROM eventstream_channel c, eventstream_storage s WHERE s.id = ?1 AND c.channel IN ("
                + marks(2, channels.size()) + ")");
        query.setParameter(1, StorageRow.ID);
        int parameter = 2;
        for (String channel : channels) {
            query.setParameter(parameter++, channel);
        }
        List<Counter> counters = new ArrayList<>(channels.size());
        for (Object found : query.getResultList()) {
            var row = (Object[]) found;
            counters.add(new Counter(
                    Rows.text(row[0]),
                    Rows.number(row[1]),
                    Rows.number(row[2]),
                    Rows.number(row[3]),
                    Rows.number(row[4]),
                    Rows.number(row[5]) == 1));
        }
        return counters;
    }

    /**
     * Writes a message without a number, at once, and tells the key that the database gave it. Not by an entity: EclipseLink
     * cannot ask H2 2 for a key.
     */
    abstract long insert(EntityManager em, EncodedMessage message);

    private static Query bound(Query insert, EncodedMessage message) {
        return insert.setParameter(1, message.channel())
                .setParameter(2, message.type())
                .setParameter(3, StoredTexts.data(message.data()))
                .setParameter(4, StoredTexts.users(message.skipUsers()));
    }

    /** Numbers rows by their primary key, those that have none. */
    int number(EntityManager em, Map<Long, Long> numberByKey, long millis) {
        return parts(List.copyOf(numberByKey.keySet()))
                .mapToInt(keys -> {
                    Query update = em.createNativeQuery(numberingStatement(keys.size()));
                    update.setParameter(1, millis);
                    int parameter = 2;
                    for (Long key : keys) {
                        update.setParameter(parameter++, key);
                        update.setParameter(parameter++, numberByKey.get(key));
                    }
                    return update.executeUpdate();
                })
                .sum();
    }

    /** Deletes rows by their primary key. */
    int delete(EntityManager em, List<Long> keys) {
        return parts(keys)
                .mapToInt(some -> {
                    Query delete = em.createNativeQuery(deletionStatement(some.size()));
                    int parameter = 1;
                    for (Long key : some) {
                        delete.setParameter(parameter++, key);
                    }
                    return delete.executeUpdate();
                })
                .sum();
    }

    /** {@return the list in parts of one statement each, in its order} */
    static <T> Stream<List<T>> parts(List<T> all) {
        return IntStream.range(0, (all.size() + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE)
                .mapToObj(i -> all.subList(i * ROWS_AT_ONCE, Math.min(all.size(), (i + 1) * ROWS_AT_ONCE)));
    }

    String numberingStatement(int rows) {
        var cases = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            cases.append(" WHEN ?").append(2 + 2 * i).append(" THEN ?").append(3 + 2 * i);
        }
        String keys = IntStream.range(0, rows).mapToObj(i -> "?" + (2 + 2 * i)).collect(Collectors.joining(", "));
        return "UPDATE eventstream_event SET event_number = CASE row_key" + cases + " END, numbered_at = ?1"
                + " WHERE row_key IN (" + keys + ") AND event_number IS NULL";
    }

    String deletionStatement(int rows) {
        return "DELETE FROM eventstream_event WHERE row_key IN (" + marks(1, rows) + ")";
    }

    private static String marks(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "?" + i).collect(Collectors.joining(", "));
    }

    /** A table of parameters. */
    private static String constants(String first, String next, int from, int rows) {
        int columns = first.split("%d", -1).length - 1;
        var text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            Object[] parameters = new Object[columns];
            for (int c = 0; c < columns; c++) {
                parameters[c] = from + i * columns + c;
            }
            text.append(i == 0 ? "" : " UNION ALL ").append(String.format(i == 0 ? first : next, parameters));
        }
        return text.toString();
    }

    /** A channel's counter, and what holds for all channels. */
    record Counter(String channel, long head, long oldestAt, long generation, long millis, boolean waiting) {}

    /** What holds for all that one transaction numbers. */
    record Moment(long generation, long millis) {}
}
