package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.RollbackException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {

    private static final EntityManager ANY = (EntityManager) Proxy.newProxyInstance(
            AttemptsTest.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> null);

    private final Queue<RuntimeException> commits = new ArrayDeque<>();
    private final Attempts attempts = new Attempts(new Transactions() {
        @Override
        public <T> T own(Function<EntityManager, T> work) {
            T result = work.apply(ANY);
            if (!commits.isEmpty()) {
                throw commits.remove();
            }
            return result;
        }

        @Override
        public <T> T joined(Function<EntityManager, T> work) {
            throw new UnsupportedOperationException();
        }
    });
    private int runs;

    private static RuntimeException failure(String state, int code) {
        return new PersistenceException("wrapped", new RuntimeException(new SQLException("told", state, code)));
    }

    private String failing(RuntimeException e) {
        runs++;
        throw e;
    }

    private String counted() {
        return "run " + ++runs;
    }

    @ParameterizedTest(name = "SQL state {0}, code {1}: {2}")
    @CsvSource({
        "08006, 0, UNAVAILABLE",
        "57P01, 0, UNAVAILABLE",
        "HY000, 1205, UNAVAILABLE",
        "HYT00, 50200, UNAVAILABLE",
        ", 0, UNAVAILABLE",
        "22021, 0, REFUSED",
        "23505, 0, REFUSED",
        "42P01, 0, REFUSED",
        "42S02, 1146, REFUSED",
        "40001, 0, CONFLICT",
        "40P01, 0, CONFLICT",
        "40001, 1213, CONFLICT",
        "HY000, 1020, CONFLICT",
        "90131, 90131, CONFLICT",
    })
    void failuresAreToldApart(String state, int code, Failure expected) {
        assertThat(Failure.of(failure(state, code))).isEqualTo(expected);
    }

    /** PostgreSQL refuses all that comes after a failure in a transaction. */
    @Test
    void theFirstFailureOfATransactionCountsAndNotWhatItMadeFailLater() {
        assertThat(Failure.of(laterFailure(new SQLException("told", "42P01")))).isEqualTo(Failure.REFUSED);
        assertThat(Failure.of(laterFailure(null))).isEqualTo(Failure.UNAVAILABLE);
    }

    private static RuntimeException laterFailure(SQLException first) {
        return new PersistenceException("wrapped", new SQLException("commands ignored", "25P02", first));
    }

    @Test
    void aFailureWithoutAnSqlStateMeansUnavailableEvenWhereItsCausesRunInACircle() {
        var one = new RuntimeException("one");
        one.initCause(new RuntimeException("other", one));

        assertThat(Failure.of(one)).isEqualTo(Failure.UNAVAILABLE);
    }

    @Test
    void whatFailsBeforeTheCommitWasNotStored() {
        assertThatThrownBy(() -> attempts.once(em -> failing(failure("08006", 0))))
                .isInstanceOf(StorageUnavailableException.class);
        assertThatThrownBy(() -> attempts.once(em -> failing(failure("22021", 0))))
                .isInstanceOf(StorageRefusedException.class);
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void whatFailsInTheCommitIsUnknownAndNotTriedAgain() {
        commits.add(new RollbackException("commit", failure("08006", 0)));

        assertThatThrownBy(() -> attempts.once(em -> counted())).isInstanceOf(SendOutcomeUnknownException.class);
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void aCommitThatTheDatabaseRolledBackIsTriedAgain() {
        commits.add(new RollbackException("commit", failure("40001", 0)));

        String result = attempts.once(em -> counted());

        assertThat(result).isEqualTo("run 2");
    }

    @Test
    void aConflictThatDoesNotEndIsGivenUp() {
        assertThatThrownBy(() -> attempts.once(em -> failing(failure("40001", 0))))
                .isInstanceOf(StorageUnavailableException.class);
        assertThat(runs).isEqualTo(20);
    }

    @Test
    void whatMayBeRepeatedIsNeverUnknown() {
        commits.add(new RollbackException("commit", failure("08006", 0)));

        assertThatThrownBy(() -> attempts.repeatable(em -> counted())).isInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void messagesDoNotRepeatTheDatabasesWordsWhichMayHoldData() {
        assertThatThrownBy(() -> attempts.once(em -> failing(failure("23505", 0))))
                .message()
                .doesNotContain("told");
    }
}
