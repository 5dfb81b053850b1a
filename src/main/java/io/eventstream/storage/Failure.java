package io.eventstream.storage;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

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

    static Failure of(Throwable thrown) {
        return sqlException(thrown).map(Failure::of).orElse(UNAVAILABLE);
    }

    private static Failure of(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("40") || CONFLICT_CODES.contains(e.getErrorCode())) {
            return CONFLICT;
        }
        // Data exception, constraint, syntax error or no such table.
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("42") ? REFUSED : UNAVAILABLE;
    }

    private static Optional<SQLException> sqlException(Throwable thrown) {
        Throwable cause = thrown;
        // A bound, since a chain of causes may run in a circle.
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof SQLException e) {
                return Optional.of(e);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
