package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JtaTransactionsTest {

    private final List<String> calls = new ArrayList<>();
    private final FakeRegistry registry = new FakeRegistry();
    private int created;
    private @Nullable Exception commitFailure;

    private final JtaTransactions transactions = new JtaTransactions(
            proxy(EntityManagerFactory.class, "unit"),
            new NewTransaction() {
                @Override
                public <T> T run(Supplier<T> work) throws Exception {
                    calls.add("begin");
                    T result = super.run(work);
                    calls.add("commit");
                    if (commitFailure != null) {
                        throw commitFailure;
                    }
                    return result;
                }
            },
            registry);

    /** Notes what is called; a unit makes entity managers. */
    private <T> T proxy(Class<T> type, String name) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createEntityManager")) {
                        created++;
                        return proxy(EntityManager.class, "em" + created);
                    }
                    if (method.getName().equals("toString")) {
                        return name;
                    }
                    calls.add(name + " " + method.getName());
                    return null;
                }));
    }

    private static final class FakeRegistry implements TransactionSynchronizationRegistry {

        private final Map<Object, Object> resources = new HashMap<>();
        private final List<Synchronization> synchronizations = new ArrayList<>();
        private int status = Status.STATUS_ACTIVE;

        @Override
        public Object getTransactionKey() {
            return this;
        }

        @Override
        public void putResource(Object key, Object value) {
            resources.put(key, value);
        }

        @Override
        public Object getResource(Object key) {
            return resources.get(key);
        }

        @Override
        public void registerInterposedSynchronization(Synchronization synchronization) {
            synchronizations.add(synchronization);
        }

        @Override
        public int getTransactionStatus() {
            return status;
        }

        @Override
        public void setRollbackOnly() {
            status = Status.STATUS_MARKED_ROLLBACK;
        }

        @Override
        public boolean getRollbackOnly() {
            return status == Status.STATUS_MARKED_ROLLBACK;
        }
    }

    @Test
    void ownWorkHasAnEntityManagerOfItsOwnInsideOfANewTransaction() {
        String result = transactions.own(em -> {
            calls.add("work with " + em);
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(calls).containsExactly("begin", "em1 joinTransaction", "work with em1", "em1 close", "commit");
    }

    @Test
    void ownWorkThatFailsClosesItsEntityManagerAndDoesNotCommit() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.own(em -> {
                    throw new IllegalStateException("work");
                }));

        assertThat(calls).containsExactly("begin", "em1 joinTransaction", "em1 close");
    }

    /** As on WildFly, where a connection broke in the commit. */
    @Test
    void aCommitThatFailsWithACheckedExceptionFailsForThoseWhoCatchUncheckedOnes() {
        commitFailure = new HeuristicMixedException("half");

        assertThatThrownBy(() -> transactions.own(em -> "done"))
                .isInstanceOf(RuntimeException.class)
                .hasCause(commitFailure);
    }

    @Test
    void joinedWorkHasOneEntityManagerForTheTransactionUntilItsEnd() {
        transactions.joined(em -> calls.add("first with " + em));
        transactions.joined(em -> calls.add("second with " + em));
        registry.synchronizations.forEach(one -> {
            one.beforeCompletion();
            one.afterCompletion(Status.STATUS_COMMITTED);
        });

        assertThat(calls).containsExactly("em1 joinTransaction", "first with em1", "second with em1", "em1 close");
    }

    @ParameterizedTest
    @ValueSource(ints = {Status.STATUS_NO_TRANSACTION, Status.STATUS_MARKED_ROLLBACK, Status.STATUS_COMMITTED})
    void joinedWorkNeedsATransactionThatCanStillCommit(int status) {
        registry.status = status;

        assertThatIllegalStateException().isThrownBy(() -> transactions.joined(em -> "never"));
        assertThat(created).isZero();
    }
}
