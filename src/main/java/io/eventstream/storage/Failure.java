package io.eventstream.storage;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a failed transaction means for who asked for it. */
enum Failure {
    /** It was rolled back because of others; another attempt may go well. */
    CONFLICT,
    /** The database does not take this, now or later. */
    REFUSED,
    /** Anything else: the connection, the pool, the server. */
    UNAVAILABLE;

    /** Deadlock, and record changed since last read (MariaDB); concurrent update (H2). Not lock timeouts: they last. */
    private static final Set<Integer> CONFLICT_CODES = Set.of(1213, 1020, 90131);

    private static final String AFTER_A_FAILURE = "25P02";

    static Failure of(Throwable thrown) {
        return sqlException(thrown).map(Failure::of).orElse(UNAVAILABLE);
    }

    /** {@return whether there was no connection to the database, or not any more} */
    static boolean isOfConnection(Throwable thrown) {
        return sqlException(thrown).map(Failure::state).orElse("").startsWith("08");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static Failure of(SQLException e) {
        String state = state(e);
        if (state.startsWith("40") || CONFLICT_CODES.contains(e.getErrorCode())) {
            return CONFLICT;
        }
        // Data exception, constraint, syntax error or no such table.
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("42") ? REFUSED : UNAVAILABLE;
    }

    /**
     * The one that says what failed: PostgreSQL refuses whatever comes after it in a transaction, and EclipseLink may tell that
     * instead, with the first as its cause.
     */
    private static Optional<SQLException> sqlException(Throwable thrown) {
        // A bound, since a chain of causes may run in a circle.
        List<SQLException> chain = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(50)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .toList();
        return chain.stream()
                .filter(one -> !state(one).equals(AFTER_A_FAILURE))
                .findFirst()
                .or(() -> chain.stream().findFirst());
    }
}
