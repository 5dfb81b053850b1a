package io.eventstream.storage;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/** How a transaction is had. Safe for use by many threads. */
interface Transactions {

    /**
     * Work in a transaction of its own, whatever the calling thread is in; committed, or rolled back where the work
     * throws.
     *
     * @throws RuntimeException what the work threw, or why the commit failed
     */
    <T> T own(Function<EntityManager, T> work);

    /**
     * Work in the caller's transaction.
     *
     * @throws IllegalStateException if there is none, or it can only be rolled back
     */
    <T> T joined(Function<EntityManager, T> work);
}
