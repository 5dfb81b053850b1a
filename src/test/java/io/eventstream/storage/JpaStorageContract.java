package io.eventstream.storage;

import io.eventstream.contract.EventStorageContract;
import io.eventstream.contract.StorageUnderTest;
import io.eventstream.storage.JpaNodes.JpaUnit;

/** The contract by JPA, and the interleavings that only its transactions can show. */
abstract class JpaStorageContract extends EventStorageContract {

    abstract JpaUnit unit();

    @Override
    protected final StorageUnderTest open() {
        return new JpaNodes(unit());
    }
}
