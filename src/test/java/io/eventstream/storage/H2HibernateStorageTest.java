package io.eventstream.storage;

import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;

class H2HibernateStorageTest extends JpaStorageContract {

    @Override
    JpaUnit unit(String name) {
        return new JpaUnit(
                "hibernate",
                "jdbc:h2:mem:" + name + "_hibernate;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000",
                SchemaSource.ENTITIES);
    }
}
