package io.eventstream.storage;

import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;

class H2EclipselinkStorageTest extends JpaStorageContract {

    @Override
    JpaUnit unit(String name) {
        return new JpaUnit(
                "eclipselink",
                "jdbc:h2:mem:" + name + "_eclipselink;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000",
                SchemaSource.SCRIPT);
    }
}
