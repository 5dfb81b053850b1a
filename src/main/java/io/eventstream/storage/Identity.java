package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.spi.StorageIdentity;
import java.util.List;
import java.util.UUID;

/** Which storage this is. Safe for use by many threads. */
final class Identity {

    private static final String READ = "SELECT s.uuid, s.generation FROM EventStreamStorage s WHERE s.id = :id";
    private static final String RAISE = "UPDATE EventStreamStorage s SET s.generation = :generation"
            + " WHERE s.id = :id AND s.generation < :generation";
    private static final String RAISE_COUNTERS = "UPDATE EventStreamChannel c SET c.head = :base WHERE c.head < :base";

    private final Attempts attempts;
    private final FirstRows rows;

    Identity(Attempts attempts, Database database) {
        this.attempts = attempts;
        this.rows = new FirstRows(database);
    }

    StorageIdentity get() {
        return attempts.repeatable(em -> {
            Object[] row = em.createQuery(READ, Object[].class)
                    .setParameter("id", StorageRow.ID)
                    .getSingleResult();
            return new StorageIdentity(UUID.fromString(Rows.text(row[0])), Rows.number(row[1]));
        });
    }

    /** Many nodes may start on a new database at once: one of them makes the row. */
    void setUp() {
        if (!isThere()) {
            try {
                attempts.repeatable(em -> rows.storage(em, UUID.randomUUID()));
            } catch (StorageRefusedException e) {
                if (!isThere()) {
                    throw e;
                }
            }
        }
    }

    private boolean isThere() {
        List<Object[]> rows = attempts.repeatable(em -> em.createQuery(READ, Object[].class)
                .setParameter("id", StorageRow.ID)
                .getResultList());
        return !rows.isEmpty();
    }

    /**
     * Raises the counters along, which waits for transactions that give numbers of the generation before: else one of
     * them could commit after clients were told to begin anew, and nobody would ever send its events.
     */
    StorageIdentity raise(long generation) {
        attempts.repeatable(em -> {
            long base = new StorageIdentity(new UUID(0, 0), generation).base();
            int changed = em.createQuery(RAISE)
                    .setParameter("generation", generation)
                    .setParameter("id", StorageRow.ID)
                    .executeUpdate();
            return changed
                    + em.createQuery(RAISE_COUNTERS).setParameter("base", base).executeUpdate();
        });
        return get();
    }
}
