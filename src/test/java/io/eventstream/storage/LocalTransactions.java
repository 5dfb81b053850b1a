package io.eventstream.storage;

import io.eventstream.contract.StorageUnderTest.BusinessTransaction;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions without a server; a caller's is bound to its thread while it runs something. */
final class LocalTransactions implements Transactions {

    private final EntityManagerFactory unit;
    private final ThreadLocal<@Nullable EntityManager> caller = new ThreadLocal<>();

    LocalTransactions(EntityManagerFactory unit) {
        this.unit = unit;
    }

    @Override
    public <T> T own(Function<EntityManager, T> work) {
        EntityManager em = unit.createEntityManager();
        try {
            em.getTransaction().begin();
            T result = work.apply(em);
            em.getTransaction().commit();
            return result;
        } finally {
            if (em.getTransaction().isActive()) {
                em.getTransaction().rollback();
            }
            em.close();
        }
    }

    @Override
    public <T> T joined(Function<EntityManager, T> work) {
        EntityManager em = caller.get();
        if (em == null) {
            throw new IllegalStateException("There is no transaction to join");
        }
        return work.apply(em);
    }

    BusinessTransaction begin() {
        EntityManager em = unit.createEntityManager();
        em.getTransaction().begin();
        return new BusinessTransaction() {
            @Override
            public <T> T run(Supplier<T> work) {
                caller.set(em);
                try {
                    return work.get();
                } finally {
                    caller.remove();
                }
            }

            @Override
            public void commit() {
                em.getTransaction().commit();
            }

            @Override
            public void close() {
                if (em.isOpen()) {
                    if (em.getTransaction().isActive()) {
                        em.getTransaction().rollback();
                    }
                    em.close();
                }
            }
        };
    }
}
