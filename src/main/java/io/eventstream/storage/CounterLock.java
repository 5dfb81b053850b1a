package io.eventstream.storage;

import jakarta.persistence.EntityManager;
import java.time.Duration;

/**
 * Locks a channel's counter for a transaction that gives numbers. All other senders wait for it, so it must not be held by a node
 * that hangs: PostgreSQL ends such a transaction. It is asked to with the lock itself, since the lock may be given to a node that
 * has stopped while it waited.
 */
final class CounterLock {

    /**
     * An update and no SELECT FOR UPDATE, which EclipseLink takes for a read and may run outside of the transaction. It
     * takes the numbers of the own messages along, so that mostly no second one is needed.
     */
    private static final String LOCK =
            "UPDATE EventStreamChannel c SET c.locks = c.locks + 1, c.head = c.head + :own WHERE c.channel = :channel";

    /** The last parameter of set_config keeps it to the transaction, and what it returns is never empty. */
    private static final String LIMITED = "UPDATE eventstream_channel SET locks = locks + 1, head = head + ?1"
            + " WHERE channel = ?2 AND set_config('idle_in_transaction_session_timeout', ?3, true) <> ''";

    private final EntityManager em;
    private final boolean isLimited;
    private final String millis;

    /** Made with how long the database may wait for a statement of such a transaction; only PostgreSQL knows such a limit. */
    CounterLock(EntityManager em, Database database, Duration limit) {
        this.em = em;
        this.isLimited = database == Database.POSTGRESQL;
        this.millis = Long.toString(limit.toMillis());
    }

    /** {@return whether there is such a counter; it is raised by as many numbers} */
    boolean take(String channel, long own) {
        int locked = isLimited
                ? em.createNativeQuery(LIMITED)
                        .setParameter(1, own)
                        .setParameter(2, channel)
                        .setParameter(3, millis)
                        .executeUpdate()
                : em.createQuery(LOCK)
                        .setParameter("own", own)
                        .setParameter("channel", channel)
                        .executeUpdate();
        return locked == 1;
    }
}
