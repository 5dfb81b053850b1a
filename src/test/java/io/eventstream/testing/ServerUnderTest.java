package io.eventstream.testing;

import java.util.Optional;
import org.jboss.shrinkwrap.api.Archive;

/**
 * A started server that tests deploy applications to. The tests are the same for every server; what is particular to
 * one is behind this interface. Safe for use by many threads.
 */
interface ServerUnderTest extends AutoCloseable {

    /**
     * Deploys an application; its context root is the archive's name without its ending.
     *
     * @return where it is
     * @throws DeploymentRefusedException if the server or the application refused
     */
    Deployed deploy(Archive<?> archive);

    /**
     * {@return whether a write to a client that does not read holds its thread, until the client goes or the server's own
     * limit for a write is reached}
     */
    default boolean stalledClientHoldsThread() {
        return false;
    }

    /** {@return whether the server closes a connection of HTTP/2 with all its streams when it writes to a cancelled one} */
    default boolean cancelledStreamEndsItsConnection() {
        return false;
    }

    /** {@return its process, for probes of its memory and threads, and what it logs} */
    ServerProcess process();

    /** {@return how many requests that have ended the server still holds, because of threads that served them} */
    default long requestsHeldByIdleThreads() {
        return 0;
    }

    /** {@return whether it has MicroProfile Health, at {@code /health} of the root} */
    default boolean hasHealth() {
        return true;
    }

    /** {@return whether it takes an EAR at all} */
    default boolean deploysEars() {
        return true;
    }

    /** {@return whether it connects to the database of a persistence unit itself, before the application starts} */
    default boolean opensUnitsBeforeApplications() {
        return false;
    }

    /** {@return how it has a message broker of its own} */
    default BrokerOfServer broker() {
        return BrokerOfServer.NONE;
    }

    /**
     * Defines a datasource in the server's own configuration, for as long as the process lives, where one of the
     * application's own does not recover from the end of its database.
     *
     * @return its JNDI name; empty where one of the application's recovers
     */
    default Optional<String> defineDatasource(String url) {
        return Optional.empty();
    }

    /** Ends the process. */
    @Override
    default void close() {
        process().close();
    }
}
