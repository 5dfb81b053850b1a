package io.eventstream.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.TransactionalException;
import java.util.function.Function;

/**
 * Transactions of the server, with the application's persistence unit, so that its rows and ours commit together on one
 * connection. Safe for use by many threads.
 */
final class JtaTransactions implements Transactions {

    private final EntityManagerFactory unit;
    private final NewTransaction newTransaction;
    private final TransactionSynchronizationRegistry registry;

    JtaTransactions(
            EntityManagerFactory unit, NewTransaction newTransaction, TransactionSynchronizationRegistry registry) {
        this.unit = unit;
        this.newTransaction = newTransaction;
        this.registry = registry;
    }

    @Override
    public <T> T own(Function<EntityManager, T> work) {
        try {
            return newTransaction.run(() -> apart(work));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // As WildFly's HeuristicMixedException, for a connection that broke in the commit: it would end our
            // threads.
            throw new TransactionalException("The transaction did not end in order", e);
        }
    }

    private <T> T apart(Function<EntityManager, T> work) {
        EntityManager em = unit.createEntityManager();
        try {
            em.joinTransaction();
            return work.apply(em);
        } finally {
            em.close();
        }
    }

    @Override
    public <T> T joined(Function<EntityManager, T> work) {
        int status = registry.getTransactionStatus();
        if (status != Status.STATUS_ACTIVE && status != Status.STATUS_PREPARING) {
            throw new IllegalStateException("There is no transaction to join; its status is " + status);
        }
        return work.apply(ofCaller());
    }

    /** One for each transaction, with the transaction and not with the thread, which a suspended one leaves to another. */
    private EntityManager ofCaller() {
        if (registry.getResource(this) instanceof EntityManager known) {
            return known;
        }
        EntityManager em = unit.createEntityManager();
        em.joinTransaction();
        registry.putResource(this, em);
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Every message is flushed when it is sent.
            }

            @Override
            public void afterCompletion(int outcome) {
                em.close();
            }
        });
        return em;
    }
}
