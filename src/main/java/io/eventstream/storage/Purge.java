package io.eventstream.storage;

import io.eventstream.spi.Retention;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the oldest events whose time is over, in short transactions. The rows are deleted first, by their keys, and the
 * counter is written last, so that a sender waits for a commit at most. Safe for use by many threads.
 */
final class Purge {

    private static final int ROWS = 500;
    private static final int CHANNELS = 1000;
    /** A node that ends meanwhile holds up the others for so long. */
    private static final long LEASE_MILLIS = 60_000;

    private static final String LEASE = "UPDATE EventStreamStorage s SET s.purgingUntil = :until"
            + " WHERE s.id = :id AND (s.purgingUntil < :now OR s.purgingUntil = :mine)";

    private static final String CANDIDATES = """
            SELECT c.channel, c.oldestAt FROM EventStreamChannel c
            WHERE c.channel > :after AND c.oldestAt < :now ORDER BY c.channel""";

    private static final String OLDEST = """
            SELECT e.rowKey, e.number, e.numberedAt FROM EventStreamEvent e
            WHERE e.channel = :channel AND e.number > 0 ORDER BY e.number""";

    private static final String PURGED =
            "UPDATE EventStreamChannel c SET c.purged = :number WHERE c.channel = :channel AND c.purged < :number";

    private static final String LOCK =
            "UPDATE EventStreamChannel c SET c.locks = c.locks + 1 WHERE c.channel = :channel";

    private static final String OLDEST_AT =
            "UPDATE EventStreamChannel c SET c.oldestAt = :oldestAt WHERE c.channel = :channel";

    private final Attempts attempts;
    private final Database database;

    Purge(Attempts attempts, Database database) {
        this.attempts = attempts;
        this.database = database;
    }

    /** A channel whose oldest event may be that old. */
    private record Candidate(String channel, long oldestAt) {}

    long run(Retention retention) {
        long now = attempts.repeatable(em -> database.now(em).millis());
        long lease = leased(now, 0);
        long deleted = 0;
        String after = "";
        while (lease > 0) {
            List<Candidate> page = candidates(after, now);
            if (page.isEmpty()) {
                break;
            }
            for (Candidate candidate : page) {
                long cutoff = now - retention.of(candidate.channel()).toMillis();
                if (candidate.oldestAt() <= cutoff) {
                    deleted += purge(candidate.channel(), cutoff);
                }
            }
            after = page.get(page.size() - 1).channel();
            lease = leased(attempts.repeatable(em -> database.now(em).millis()), lease);
        }
        release(lease);
        return deleted;
    }

    /** {@return until when this node purges; 0 if another one does} */
    private long leased(long now, long mine) {
        long until = Math.max(now + LEASE_MILLIS, mine + 1);
        int changed = attempts.repeatable(em -> em.createQuery(LEASE)
                .setParameter("until", until)
                .setParameter("id", StorageRow.ID)
                .setParameter("now", now)
                .setParameter("mine", mine)
                .executeUpdate());
        return changed == 1 ? until : 0;
    }

    private void release(long mine) {
        if (mine > 0) {
            attempts.repeatable(em -> em.createQuery(LEASE)
                    .setParameter("until", 0L)
                    .setParameter("id", StorageRow.ID)
                    .setParameter("now", Long.MIN_VALUE)
                    .setParameter("mine", mine)
                    .executeUpdate());
        }
    }

    private List<Candidate> candidates(String after, long now) {
        return attempts
                .repeatable(em -> em.createQuery(CANDIDATES, Object[].class)
                        .setParameter("after", after)
                        .setParameter("now", now)
                        .setMaxResults(CHANNELS)
                        .getResultList())
                .stream()
                .map(row -> new Candidate(Rows.text(row[0]), Rows.number(row[1])))
                .toList();
    }

    private long purge(String channel, long cutoff) {
        long deleted = 0;
        int some;
        do {
            some = attempts.repeatable(em -> purgeSome(em, channel, cutoff));
            deleted += some;
        } while (some == ROWS);
        attempts.repeatable(em -> noteOldest(em, channel));
        return deleted;
    }

    private int purgeSome(EntityManager em, String channel, long cutoff) {
        List<Long> keys = new ArrayList<>();
        long last = 0;
        for (Object[] row : oldest(em, channel, ROWS)) {
            // The first one that is not old enough ends it, so that what is left has no hole.
            if (Rows.number(row[2]) > cutoff) {
                break;
            }
            keys.add(Rows.number(row[0]));
            last = Rows.number(row[1]);
        }
        if (keys.isEmpty()) {
            return 0;
        }
        database.delete(em, keys);
        em.createQuery(PURGED)
                .setParameter("number", last)
                .setParameter("channel", channel)
                .executeUpdate();
        return keys.size();
    }

    /** Under the counter's lock, or an event that comes meanwhile would not be purged before another one comes. */
    private int noteOldest(EntityManager em, String channel) {
        em.createQuery(LOCK).setParameter("channel", channel).executeUpdate();
        List<Object[]> left = oldest(em, channel, 1);
        return em.createQuery(OLDEST_AT)
                .setParameter("oldestAt", left.isEmpty() ? ChannelRow.NOTHING : Rows.number(left.get(0)[2]))
                .setParameter("channel", channel)
                .executeUpdate();
    }

    private static List<Object[]> oldest(EntityManager em, String channel, int limit) {
        return em.createQuery(OLDEST, Object[].class)
                .setParameter("channel", channel)
                .setMaxResults(limit)
                .getResultList();
    }
}
