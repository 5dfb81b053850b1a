package io.eventstream.storage;

import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.StorageIdentity;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Has PostgreSQL compare the heads of many channels with what is known: four parameters for a provider and for the server to
 * handle, however many channels there are, and mostly no row to send. Safe for use by many threads.
 */
final class ChangedHeads {

    private static final int AT_ONCE = 10_000;

    /** Where the generation begins if the channel has no counter: GREATEST passes over what is null. */
    static final String NEWEST = "GREATEST(c.head, s.generation * " + StorageIdentity.NUMBERS + ")";

    static final String OLDEST = "GREATEST(c.purged, s.generation * " + StorageIdentity.NUMBERS + ") + 1";

    /**
     * A join, since PostgreSQL compares each row with each value of an ANY. The arrays are taken apart in the list of columns,
     * which costs half of what one UNNEST of three does.
     */
    private static final String CHANGED = "SELECT a.name, " + NEWEST + ", " + OLDEST + ", c.born_at FROM (SELECT"
            + " UNNEST(CAST(?1 AS VARCHAR[])) AS name, UNNEST(CAST(?2 AS BIGINT[])) AS newest,"
            + " UNNEST(CAST(?3 AS BIGINT[])) AS oldest) a"
            + " JOIN eventstream_storage s ON s.id = ?4 LEFT JOIN eventstream_channel c ON c.channel = a.name"
            + " WHERE " + NEWEST + " <> a.newest OR " + OLDEST + " <> a.oldest";

    /** Or PostgreSQL prepares for ten channels, and looks each of thousands up in the index; before 12 it has no such setting. */
    private static final String PLAN = "SELECT CASE WHEN current_setting('plan_cache_mode', true) IS NOT NULL"
            + " THEN set_config('plan_cache_mode', 'force_custom_plan', true) END";

    private final Attempts attempts;

    ChangedHeads(Attempts attempts) {
        this.attempts = attempts;
    }

    /** {@return the heads that are not as known, by channel} */
    Map<String, ChannelHead> since(Map<String, ChannelHead> known) {
        Map<String, ChannelHead> changed = new HashMap<>();
        for (List<Map.Entry<String, ChannelHead>> some : Reading.parts(known.entrySet(), AT_ONCE)) {
            List<?> rows = attempts.repeatable(em -> read(em, some));
            for (Object found : rows) {
                var row = (Object[]) found;
                changed.put(Rows.text(row[0]), head(row, 1));
            }
        }
        return changed;
    }

    private static List<?> read(EntityManager em, List<Map.Entry<String, ChannelHead>> known) {
        em.createNativeQuery(PLAN).getSingleResult();
        return em.createNativeQuery(CHANGED)
                .setParameter(1, NumberedRows.array(known, Map.Entry::getKey))
                .setParameter(2, numbers(known, ChannelHead::newest))
                .setParameter(3, numbers(known, ChannelHead::oldest))
                .setParameter(4, StorageRow.ID)
                .getResultList();
    }

    /** {@return the head by {@link #NEWEST}, {@link #OLDEST} and the birth time, from that column on} */
    static ChannelHead head(Object[] row, int from) {
        return new ChannelHead(Rows.number(row[from]), Rows.number(row[from + 1]), time(row[from + 2]));
    }

    private static String numbers(List<Map.Entry<String, ChannelHead>> known, ToLongFunction<ChannelHead> number) {
        var text = new StringBuilder("{");
        for (Map.Entry<String, ChannelHead> entry : known) {
            text.append(text.length() == 1 ? "" : ",").append(number.applyAsLong(entry.getValue()));
        }
        return text.append('}').toString();
    }

    private static Optional<Instant> time(@Nullable Object millis) {
        return millis == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Rows.number(millis)));
    }
}
