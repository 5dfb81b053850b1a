package io.eventstream.publish;

import io.eventstream.server.ServerObjects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JTA transaction of whoever sends, if there is one. What is sent in it waits for its end, in order, with the
 * transaction and not with the thread, since a suspended transaction leaves its thread to another.
 */
@ApplicationScoped
class CallersTransaction {

    private static final Logger LOG = System.getLogger(CallersTransaction.class.getName());

    private volatile @Nullable TransactionSynchronizationRegistry known;

    /** What is done at a transaction's end. */
    interface Pending {

        void committed();

        void rolledBack();
    }

    /** What the caller's transaction still takes. */
    enum Phase {
        /** There is none. */
        NONE,
        /** What is written now is committed with it. */
        OPEN,
        /** It can only be rolled back. */
        DOOMED,
        /** Its outcome is decided, and the caller may be one of those whom it tells. */
        ENDING
    }

    /** {@return how far the caller's transaction is} */
    public Phase phase() {
        return switch (registry().getTransactionStatus()) {
            case Status.STATUS_NO_TRANSACTION -> Phase.NONE;
            case Status.STATUS_ACTIVE, Status.STATUS_PREPARING -> Phase.OPEN;
            case Status.STATUS_MARKED_ROLLBACK -> Phase.DOOMED;
            default -> Phase.ENDING;
        };
    }

    /**
     * Leaves something for the end of the caller's transaction.
     *
     * @return false if there is none to wait for, so that it is done at once
     */
    public boolean join(Pending pending) {
        return switch (phase()) {
            case OPEN -> {
                waiting(registry()).add(pending);
                yield true;
            }
            case DOOMED -> {
                pending.rolledBack();
                yield true;
            }
            case NONE, ENDING -> false;
        };
    }

    private static List<Pending> waiting(TransactionSynchronizationRegistry registry) {
        if (registry.getResource(CallersTransaction.class) instanceof Ends known) {
            return known.pending;
        }
        var ends = new Ends();
        registry.registerInterposedSynchronization(ends);
        registry.putResource(CallersTransaction.class, ends);
        return ends.pending;
    }

    /** Looked up once, since a look-up costs more than a send. */
    private TransactionSynchronizationRegistry registry() {
        TransactionSynchronizationRegistry found = known;
        if (found == null) {
            found = ServerObjects.transactions();
            known = found;
        }
        return found;
    }

    private static final class Ends implements Synchronization {

        private final List<Pending> pending = new ArrayList<>();

        @Override
        public void beforeCompletion() {
            // Nothing is written with the caller's transaction.
        }

        @Override
        public void afterCompletion(int status) {
            pending.forEach(one -> end(one, status == Status.STATUS_COMMITTED));
        }

        /** One that fails must not take the others of the transaction with it. */
        private static void end(Pending one, boolean committed) {
            try {
                if (committed) {
                    one.committed();
                } else {
                    one.rolledBack();
                }
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A message of a transaction that has ended could not be handed on", e);
            }
        }
    }
}
