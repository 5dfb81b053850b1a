package io.eventstream.storage;

import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The reads, in transactions of their own: only what is begun after a commit surely shows it. Safe for use by many
 * threads.
 */
final class Reading {

    private static final int AT_ONCE = 1000;

    private static final String NUMBERS =
            "SELECT e.rowKey, e.number FROM EventStreamEvent e WHERE e.rowKey IN :keys AND e.number IS NOT NULL";

    private static final String UNNUMBERED = "SELECT DISTINCT e.channel FROM EventStreamEvent e WHERE e.number IS NULL";

    private static final String WITH_COUNTER =
            "SELECT c.channel FROM EventStreamChannel c WHERE c.channel IN :channels";

    private static final String GENERATION = "SELECT s.generation FROM EventStreamStorage s WHERE s.id = :id";

    private static final String HEADS = """
            SELECT c.channel, c.head, c.purged, c.bornAt, s.generation FROM EventStreamChannel c, EventStreamStorage s
            WHERE c.channel IN :channels AND s.id = :id""";

    private static final String AFTER = """
            SELECT e.number, e.eventType, e.eventData, e.skipUsers, e.numberedAt FROM EventStreamEvent e
            WHERE e.channel = :channel AND e.number > :position ORDER BY e.number""";

    private final Attempts attempts;

    Reading(Attempts attempts) {
        this.attempts = attempts;
    }

    Map<Long, Long> numbers(Collection<Long> keys) {
        Map<Long, Long> numbers = new HashMap<>();
        for (List<Long> some : parts(keys, AT_ONCE)) {
            attempts.repeatable(em -> em.createQuery(NUMBERS, Object[].class)
                            .setParameter("keys", some)
                            .getResultList())
                    .forEach(row -> numbers.put(Rows.number(row[0]), Rows.number(row[1])));
        }
        return numbers;
    }

    Set<String> unnumbered() {
        return new HashSet<>(attempts.repeatable(
                em -> em.createQuery(UNNUMBERED, String.class).getResultList()));
    }

    /** {@return those that have a counter} */
    Set<String> withCounter(Collection<String> channels) {
        Set<String> found = new HashSet<>();
        for (List<String> some : parts(channels, AT_ONCE)) {
            found.addAll(attempts.repeatable(em -> em.createQuery(WITH_COUNTER, String.class)
                    .setParameter("channels", some)
                    .getResultList()));
        }
        return found;
    }

    Map<String, ChannelHead> heads(Collection<String> channels) {
        Map<String, ChannelHead> heads = new HashMap<>();
        for (List<String> some : parts(channels, AT_ONCE)) {
            attempts.repeatable(em -> em.createQuery(HEADS, Object[].class)
                            .setParameter("channels", some)
                            .setParameter("id", StorageRow.ID)
                            .getResultList())
                    .forEach(row -> heads.put(Rows.text(row[0]), head(row)));
        }
        if (heads.size() < Set.copyOf(channels).size()) {
            long base = generation() * StorageIdentity.NUMBERS;
            channels.forEach(channel -> heads.putIfAbsent(channel, new ChannelHead(base, base + 1, Optional.empty())));
        }
        return heads;
    }

    private static ChannelHead head(Object[] row) {
        long base = Rows.number(row[4]) * StorageIdentity.NUMBERS;
        return new ChannelHead(
                Math.max(Rows.number(row[1]), base),
                Math.max(Rows.number(row[2]), base) + 1,
                Optional.of(Instant.ofEpochMilli(Rows.number(row[3]))));
    }

    private long generation() {
        return attempts.repeatable(em -> em.createQuery(GENERATION, Long.class)
                .setParameter("id", StorageRow.ID)
                .getSingleResult());
    }

    List<StoredEvent> after(String channel, long position, int limit) {
        return attempts
                .repeatable(em -> em.createQuery(AFTER, Object[].class)
                        .setParameter("channel", channel)
                        .setParameter("position", position)
                        .setMaxResults(limit)
                        .getResultList())
                .stream()
                .map(row -> event(channel, row))
                .toList();
    }

    private static StoredEvent event(String channel, Object[] row) {
        return new StoredEvent(
                channel,
                Rows.number(row[0]),
                Rows.text(row[1]),
                StoredTexts.originalData(Rows.text(row[2])),
                StoredTexts.originalUsers(Rows.text(row[3])),
                Instant.ofEpochMilli(Rows.number(row[4])));
    }

    static <T> List<List<T>> parts(Collection<T> all, int most) {
        List<T> list = new ArrayList<>(all instanceof Set ? all : new HashSet<>(all));
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += most) {
            parts.add(list.subList(from, Math.min(from + most, list.size())));
        }
        return parts;
    }
}
