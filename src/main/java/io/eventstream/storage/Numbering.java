package io.eventstream.storage;

import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.NumberedEvent;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One transaction that gives numbers: counters are locked first, before anything is read. Under REPEATABLE READ a read
 * before the lock would show the rows as they were then, and give their numbers twice. One thread at a time.
 */
final class Numbering {

    /** Rows of one transaction. */
    static final int MOST_ROWS = 1000;

    /** Ordered by the number as well, which none has, so that no optimizer walks along the primary key for the order. */
    private static final String UNNUMBERED = """
            SELECT e.rowKey, e.channel, e.eventType, e.eventData, e.skipUsers FROM EventStreamEvent e
            WHERE e.channel IN :channels AND e.number IS NULL ORDER BY e.number, e.rowKey""";

    private static final String RAISE = """
            UPDATE EventStreamChannel c SET c.head = :head,
            c.oldestAt = CASE WHEN c.oldestAt > :now THEN :now ELSE c.oldestAt END WHERE c.channel = :channel""";

    private final EntityManager em;
    private final Database database;
    private final CounterLock counters;
    private final NumberedRows rows;
    private final Map<String, Long> written = new HashMap<>();
    private final Map<String, Long> heads = new HashMap<>();
    private final Set<String> empty = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private long millis;
    private boolean waiting;

    /** Made with how long it may be idle until the database ends it, where the database knows such a limit. */
    Numbering(EntityManager em, Database database, Duration limit) {
        this.em = em;
        this.database = database;
        this.counters = new CounterLock(em, database, limit);
        this.rows = new NumberedRows(em, database);
    }

    /**
     * Locks the counters, always in the same order, each by its primary key: a list or a range of them would lock gaps,
     * and other rows, on InnoDB.
     *
     * @param channels how many messages of its own the transaction will insert in each
     * @return false if a channel has no counter; then nothing was done
     */
    boolean lock(Map<String, Integer> channels) {
        var inOrder = new TreeMap<>(channels);
        for (Map.Entry<String, Integer> channel : inOrder.entrySet()) {
            if (!counters.take(channel.getKey(), channel.getValue())) {
                inOrder.headMap(channel.getKey()).forEach((earlier, own) -> counters.take(earlier, -own));
                return false;
            }
        }
        for (Database.Counter counter : database.counters(em, channels.keySet())) {
            long base = counter.generation() * StorageIdentity.NUMBERS;
            millis = counter.millis();
            written.put(counter.channel(), counter.head());
            heads.put(counter.channel(), Math.max(counter.head() - channels.getOrDefault(counter.channel(), 0), base));
            waiting |= counter.waiting();
            if (counter.oldestAt() > millis) {
                empty.add(counter.channel());
            }
        }
        return true;
    }

    /** Numbers all that waits in these channels, up to a limit. */
    List<NumberedEvent> numberWaiting(int limit) {
        if (!waiting) {
            return List.of();
        }
        List<Object[]> rows = em.createQuery(UNNUMBERED, Object[].class)
                .setParameter("channels", heads.keySet())
                .setMaxResults(Math.min(limit, MOST_ROWS))
                .getResultList();
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, Long> numberByKey = new LinkedHashMap<>();
        List<NumberedEvent> numbered = new ArrayList<>(rows.size());
        for (Object[] row : rows) {
            String channel = Rows.text(row[1]);
            long key = Rows.number(row[0]);
            long number = next(channel);
            numberByKey.put(key, number);
            numbered.add(new NumberedEvent(key, event(channel, number, row)));
        }
        int changed = database.number(em, numberByKey, millis);
        if (changed != rows.size()) {
            throw new IllegalStateException("Of " + rows.size() + " messages without a number " + changed
                    + " took one: something other than this library changed their rows");
        }
        return numbered;
    }

    private StoredEvent event(String channel, long number, Object[] row) {
        return new StoredEvent(
                channel,
                number,
                Rows.text(row[2]),
                StoredTexts.originalData(Rows.text(row[3])),
                StoredTexts.originalUsers(Rows.text(row[4])),
                Instant.ofEpochMilli(millis));
    }

    /** Inserts messages with the next numbers. */
    List<StoredEvent> insert(List<EncodedMessage> messages) {
        List<StoredEvent> events = new ArrayList<>(messages.size());
        for (EncodedMessage message : messages) {
            events.add(new StoredEvent(
                    message.channel(),
                    next(message.channel()),
                    message.type(),
                    message.data(),
                    message.skipUsers(),
                    Instant.ofEpochMilli(millis)));
        }
        rows.insert(events, millis);
        return events;
    }

    private long next(String channel) {
        taken.add(channel);
        return heads.merge(channel, 1L, Long::sum);
    }

    /** Writes the counters that the lock did not write already; the last that is done in this transaction. */
    void finish() {
        heads.forEach((channel, head) -> {
            if (!head.equals(written.get(channel)) || (taken.contains(channel) && empty.contains(channel))) {
                em.createQuery(RAISE)
                        .setParameter("head", head)
                        .setParameter("now", millis)
                        .setParameter("channel", channel)
                        .executeUpdate();
            }
        });
    }
}
