package io.eventstream.storage;

import io.eventstream.api.EventStreamException;
import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import jakarta.persistence.EntityManager;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Transactions of our own, tried again where others made them fail, and the exceptions for what remains. Safe for use by
 * many threads.
 */
final class Attempts {

    /** Who is rolled back lets others proceed, so there is no pause between them. */
    private static final int MOST = 20;

    private final Transactions transactions;

    Attempts(Transactions transactions) {
        this.transactions = transactions;
    }

    /** For what does no harm when it is done twice, and reads. */
    <T> T repeatable(Function<EntityManager, T> work) {
        try {
            return once(work);
        } catch (SendOutcomeUnknownException e) {
            throw new StorageUnavailableException("The storage failed in a commit", e);
        }
    }

    /**
     * For what must not be done twice.
     *
     * @throws SendOutcomeUnknownException if it may be committed or not
     */
    <T> T once(Function<EntityManager, T> work) {
        RuntimeException last = null;
        for (int attempt = 0; attempt < MOST; attempt++) {
            var committing = new AtomicBoolean();
            try {
                return transactions.own(em -> {
                    T result = work.apply(em);
                    committing.set(true);
                    return result;
                });
            } catch (EventStreamException e) {
                throw e;
            } catch (RuntimeException e) {
                last = e;
                if (Failure.of(e) != Failure.CONFLICT) {
                    throw committing.get() ? new SendOutcomeUnknownException(e) : exception(e);
                }
            }
        }
        throw new StorageUnavailableException("The storage gave up " + MOST + " times because of others", last);
    }

    /** For what certainly was not committed. Without the database's words, which may hold data; they are the cause's. */
    static EventStreamException exception(RuntimeException e) {
        return Failure.of(e) == Failure.REFUSED
                ? new StorageRefusedException("The storage refused it", e)
                : new StorageUnavailableException("The storage cannot be used", e);
    }
}
