package io.eventstream.storage;

import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import io.eventstream.testing.MariaDbServer;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** On MariaDB, with REPEATABLE READ and gap locks: who waits there for an open transaction gets an exception in the end. */
@Tag("without-server")
class MariadbStorageModelIT extends StorageModel {

    private static MariaDbServer server;

    @BeforeContainer
    static void begin() {
        server = new MariaDbServer();
        open(new JpaUnit(
                "eclipselink",
                server.database("model") + "&sessionVariables=innodb_lock_wait_timeout=5",
                SchemaSource.SCRIPT));
    }

    @AfterContainer
    static void end() {
        // Left out where there is no MariaDB.
        if (server != null) {
            close();
            server.close();
        }
    }
}
