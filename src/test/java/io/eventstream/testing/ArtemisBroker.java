package io.eventstream.testing;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** Artemis in this JVM, on 127.0.0.1, which keeps nothing. One thread at a time. */
public final class ArtemisBroker implements AutoCloseable {

    private final Port port = Port.claim(18770, 18779);
    private EmbeddedActiveMQ broker;

    /** Starts one; returns once it accepts connections. */
    public ArtemisBroker() {
        broker = started();
    }

    private EmbeddedActiveMQ started() {
        try {
            var made = new EmbeddedActiveMQ();
            made.setConfiguration(new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)
                    .addAcceptorConfiguration("tcp", url()));
            made.start();
            return made;
        } catch (Exception e) {
            throw new IllegalStateException("The broker has not started", e);
        }
    }

    /** {@return where it is} */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** {@return how many connections it has} */
    public int connections() {
        return broker.getActiveMQServer().getConnectionCount();
    }

    /** {@return how many consumers its topics have} */
    public long consumers() {
        return broker.getActiveMQServer().getSessions().stream()
                .mapToLong(session -> session.getConsumerCount())
                .sum();
    }

    /** Ends it, and all connections. */
    public void stop() {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The broker has not ended", e);
        }
    }

    /** Starts it again. */
    public void restart() {
        broker = started();
    }

    @Override
    public void close() {
        stop();
        port.close();
    }
}
