package io.eventstream.contract;

import io.eventstream.spi.EventStorage;
import java.time.Duration;
import java.util.function.Supplier;

/** A storage, the nodes that use it, and what applications do beside it. Safe for use by many threads. */
public interface StorageUnderTest extends AutoCloseable {

    /** How many nodes there are. */
    int NODES = 3;

    /** {@return the storage as one of {@value #NODES} nodes has it, with nothing in memory that others see} */
    EventStorage node(int index);

    /** Begins a business transaction on a node. */
    BusinessTransaction begin(int node);

    /** Makes the events of a channel up to a number look older. */
    void age(String channel, long upTo, Duration by);

    @Override
    void close();

    /** An application's own transaction. One thread at a time. */
    interface BusinessTransaction extends AutoCloseable {

        /** Does something inside of it. */
        <T> T run(Supplier<T> work);

        void commit();

        /** Rolls back what was not committed. */
        @Override
        void close();
    }
}
