package io.eventstream.storage;

import io.eventstream.spi.ChannelHead;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has PostgreSQL tell only of the heads that were written since it was last asked: of each row it keeps which transaction wrote
 * it, and a snapshot knows the oldest that was not over. So a poll of thousands of channels is one pass over their table, and
 * mostly sends nothing. What was told is kept here, and compared with what is known. Safe for use by many threads, one at a
 * time.
 */
final class RecentHeads {

    /** So many are looked up in a few milliseconds. */
    static final int MANY = 500;

    /**
     * Of the table, for each channel that is asked for: about ten rows. In a larger table it costs less to look up those that
     * are asked for.
     */
    static final long BYTES_EACH = 1024;

    /** Then all are compared: rows that somebody deletes, and commits that a crash takes back, leave no newer row. */
    static final int POLLS_OF_A_COMPARISON = 30;

    /** Whose numbers of transactions these are. */
    private static final String NOW = "SELECT CAST(EXTRACT(EPOCH FROM pg_postmaster_start_time()) * 1000000 AS BIGINT),"
            + " s.uuid, s.generation, txid_snapshot_xmin(txid_current_snapshot()),"
            + " pg_relation_size('eventstream_channel')";

    private static final String FIRST = NOW + " FROM eventstream_storage s WHERE s.id = ?1";

    /** By age, since the numbers that rows have begin anew after 32 bits. */
    private static final String CHANGED = NOW + ", c.channel, " + ChangedHeads.NEWEST + ", " + ChangedHeads.OLDEST
            + ", c.born_at FROM eventstream_storage s LEFT JOIN eventstream_channel c"
            + " ON age(c.xmin) <= age(CAST(CAST(?2 AS VARCHAR) AS XID)) WHERE s.id = ?1";

    private static final int COLUMNS_OF_NOW = 5;
    private static final long NUMBERS_OF_TRANSACTIONS = 1L << 32;

    private final Attempts attempts;
    private final ChangedHeads comparison;
    private final Map<String, ChannelHead> told = new HashMap<>();
    private @Nullable Moment last;
    private int polls;

    RecentHeads(Attempts attempts, ChangedHeads comparison) {
        this.attempts = attempts;
        this.comparison = comparison;
    }

    /** What PostgreSQL is when it answers, and the oldest transaction whose rows the answer may lack. */
    private record Moment(Server server, long oldestRunning, long bytes) {

        static Moment of(Object[] row) {
            var server = new Server(Rows.number(row[0]), Rows.text(row[1]), Rows.number(row[2]));
            return new Moment(server, Rows.number(row[3]), Rows.number(row[4]));
        }

        boolean continues(Moment before) {
            return server.equals(before.server) && oldestRunning >= before.oldestRunning;
        }
    }

    /** One that has started again, or that another has taken the place of, need not have all that was committed. */
    private record Server(long started, String uuid, long generation) {}

    /** {@return the heads that are not as known, by channel} */
    synchronized Map<String, ChannelHead> since(Map<String, ChannelHead> known) {
        if (known.size() < MANY) {
            forget();
            return comparison.since(known);
        }
        Moment now = catchUp();
        if (now.bytes > known.size() * BYTES_EACH) {
            forget();
            return comparison.since(known);
        }
        Map<String, ChannelHead> changed = new HashMap<>();
        Map<String, ChannelHead> untold = new HashMap<>();
        known.forEach((channel, head) -> {
            ChannelHead found = told.get(channel);
            if (found == null) {
                untold.put(channel, head);
            } else if (found.newest() != head.newest() || found.oldest() != head.oldest()) {
                changed.put(channel, found);
            }
        });
        if (!untold.isEmpty()) {
            Map<String, ChannelHead> others = comparison.since(untold);
            changed.putAll(others);
            told.putAll(untold);
            told.putAll(others);
        }
        if (told.size() > known.size()) {
            told.keySet().retainAll(known.keySet());
        }
        return changed;
    }

    /** What is compared afterwards is newer than the moment, so that nothing lies between the two. */
    private Moment catchUp() {
        Moment before = last;
        if (before == null || ++polls >= POLLS_OF_A_COMPARISON) {
            return beginAnew(Moment.of(read(em -> em.createNativeQuery(FIRST)).get(0)));
        }
        List<Object[]> rows = read(em -> em.createNativeQuery(CHANGED)
                .setParameter(2, Long.toString(before.oldestRunning % NUMBERS_OF_TRANSACTIONS)));
        var now = Moment.of(rows.get(0));
        if (!now.continues(before)) {
            return beginAnew(now);
        }
        rows.forEach(this::tell);
        last = now;
        return now;
    }

    private Moment beginAnew(Moment now) {
        forget();
        last = now;
        return now;
    }

    private void forget() {
        told.clear();
        last = null;
        polls = 0;
    }

    private void tell(Object[] row) {
        Object channel = row[COLUMNS_OF_NOW];
        if (channel != null) { // The outer join has one row where nothing has changed.
            told.computeIfPresent(Rows.text(channel), (name, before) -> ChangedHeads.head(row, COLUMNS_OF_NOW + 1));
        }
    }

    private List<Object[]> read(Function<EntityManager, Query> query) {
        return attempts.repeatable(em -> {
            @SuppressWarnings("unchecked") // Jakarta Persistence 3.1, 3.10.16.1: several columns are an Object[]
            List<Object[]> rows = query.apply(em).setParameter(1, StorageRow.ID).getResultList();
            return rows;
        });
    }
}
