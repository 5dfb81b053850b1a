package io.eventstream.publish;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The JTA transaction of whoever sends, if there is one. What is sent in it waits for its end, in order, with the
 * transaction and not with the thread, since a suspended transaction leaves its thread to another.
 */
@ApplicationScoped
class CallersTransaction {

    private static final Logger LOG = System.getLogger(CallersTransaction.class.getName());
    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    private volatile @Nullable TransactionSynchronizationRegistry known;

    /** What is done at a transaction's end. */
    interface Pending {

        void committed();

        void rolledBack();
    }

    /**
     * Leaves something for the end of the caller's transaction.
     *
     * @return false if there is none to wait for, so that it is done at once
     */
    public boolean join(Pending pending) {
        TransactionSynchronizationRegistry registry = registry();
        return switch (registry.getTransactionStatus()) {
            case Status.STATUS_ACTIVE, Status.STATUS_PREPARING -> {
                waiting(registry).add(pending);
                yield true;
            }
            case Status.STATUS_MARKED_ROLLBACK -> {
                pending.rolledBack();
                yield true;
            }
            // None, or one that has ended and whose afterCompletion is running: nothing to wait for.
            default -> false;
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

    /** One object for all transactions; looked up once, since a look-up costs more than a send. */
    private TransactionSynchronizationRegistry registry() {
        TransactionSynchronizationRegistry found = known;
        if (found == null) {
            found = lookUp();
            known = found;
        }
        return found;
    }

    @SuppressWarnings("BanJNDI") // a name of the platform's, not of anybody's input
    private static TransactionSynchronizationRegistry lookUp() {
        try {
            return InitialContext.doLookup(REGISTRY);
        } catch (NamingException e) {
            throw new IllegalStateException("The server has no " + REGISTRY + " (Jakarta Transactions)", e);
        }
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
