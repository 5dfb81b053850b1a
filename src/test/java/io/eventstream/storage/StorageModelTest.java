package io.eventstream.storage;

import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** On H2. */
class StorageModelTest extends StorageModel {

    @BeforeContainer
    static void begin() {
        open(new JpaUnit("hibernate", "jdbc:h2:mem:model;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", SchemaSource.ENTITIES));
    }

    @AfterContainer
    static void end() {
        close();
    }
}
