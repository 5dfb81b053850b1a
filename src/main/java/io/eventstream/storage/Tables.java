package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Makes our tables in a database that has none, by the library's script for it. */
final class Tables {

    private static final Logger LOG = System.getLogger(Tables.class.getName());

    /** Who makes something in the very moment in which another node does may fail, once for each statement of a script. */
    private static final int MOST = 5;

    private Tables() {}

    /**
     * Looks first, since a statement that changes nothing is logged by persistence providers, or ends a transaction.
     *
     * @throws StorageRefusedException if the database does not let us make them
     */
    static void makeIfMissing(Transactions transactions) {
        var attempts = new Attempts(transactions);
        Database database = attempts.repeatable(Database::of);
        for (int attempt = 1; !attempts.repeatable(database::hasTables); attempt++) {
            try {
                attempts.repeatable(em -> run(em, database));
                LOG.log(Level.INFO, "The tables of reliable channels were missing and have been made");
            } catch (StorageRefusedException | StorageUnavailableException e) {
                if (attempt == MOST) {
                    throw e;
                }
            }
        }
    }

    private static int run(EntityManager em, Database database) {
        List<String> statements = statements(database.script());
        statements.forEach(statement -> em.createNativeQuery(statement).executeUpdate());
        return statements.size();
    }

    /** One on a line. */
    private static List<String> statements(String script) {
        try (InputStream in = Objects.requireNonNull(Tables.class.getResourceAsStream(script), script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .map(line -> line.substring(0, line.length() - 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
