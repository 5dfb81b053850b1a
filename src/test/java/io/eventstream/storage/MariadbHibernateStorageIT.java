package io.eventstream.storage;

import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.MariaDbServer;
import io.eventstream.testing.WithoutServer;
import org.junit.jupiter.api.extension.ExtendWith;

@WithoutServer
@ExtendWith(DatabaseExtension.class)
class MariadbHibernateStorageIT extends JpaStorageContract {

    private final MariaDbServer server;

    MariadbHibernateStorageIT(MariaDbServer server) {
        this.server = server;
    }

    @Override
    JpaUnit unit(String name) {
        return new JpaUnit("hibernate", server.database(name + "_hibernate"), SchemaSource.SCRIPT);
    }
}
