package io.eventstream.testing;

import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.Archive;

/** The run's server, and the applications that tests share on it. Safe for use by many threads. */
public final class Container implements AutoCloseable {

    private final ServerUnderTest server;
    private final Map<String, Deployed> shared = new HashMap<>();

    Container(ServerUnderTest server) {
        this.server = server;
    }

    /** Deploys an application for one test, which closes it. */
    public Deployed deploy(Archive<?> archive) {
        return server.deploy(archive);
    }

    /** {@return that application, deployed by the first who wanted it and kept for the rest of the run} */
    public Deployed shared(Wars war) {
        synchronized (shared) {
            return shared.computeIfAbsent(war.name(), name -> server.deploy(war.archive()));
        }
    }

    /** {@return whether {@linkplain ServerUnderTest#stalledClientHoldsThread a stalled client holds a thread}} */
    public boolean stalledClientHoldsThread() {
        return server.stalledClientHoldsThread();
    }

    /** {@return whether {@linkplain ServerUnderTest#cancelledStreamEndsItsConnection a cancelled stream ends others}} */
    public boolean cancelledStreamEndsItsConnection() {
        return server.cancelledStreamEndsItsConnection();
    }

    /** {@return the server's process} */
    public JvmProbe jvm() {
        return server.process().jvm();
    }

    /** {@return what the server logs} */
    public ServerLog log() {
        return server.process().log();
    }

    /** {@return how many requests that have ended the server still holds, because of threads that served them} */
    public long requestsHeldByIdleThreads() {
        return server.requestsHeldByIdleThreads();
    }

    /** {@return whether the server has MicroProfile Health, at {@code /health} of the root} */
    public boolean hasHealth() {
        return server.hasHealth();
    }

    /** {@return whether the server takes an EAR at all} */
    public boolean deploysEars() {
        return server.deploysEars();
    }

    /** {@return whether the server {@linkplain ServerUnderTest#opensUnitsBeforeApplications connects to units' databases itself}} */
    public boolean opensUnitsBeforeApplications() {
        return server.opensUnitsBeforeApplications();
    }

    /** {@return how the server has a message broker of its own} */
    public BrokerOfServer broker() {
        return server.broker();
    }

    @Override
    public void close() {
        server.close();
    }
}
