package io.eventstream.testing;

import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.cluster.impl.MessageLoadBalancingType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** Artemis in this JVM, on 127.0.0.1, which keeps nothing. One thread at a time. */
public final class ArtemisBroker implements AutoCloseable {

    private static final String SELF = "self";
    private static final String OTHER = "other";

    private final Port port;
    private final Optional<Port> other;
    private EmbeddedActiveMQ broker;

    /** Starts one; returns once it accepts connections. */
    public ArtemisBroker() {
        this(claimPort(), Optional.empty());
    }

    private ArtemisBroker(Port port, Optional<Port> other) {
        this.port = port;
        this.other = other;
        this.broker = started();
    }

    /** Starts two that forward to each other what the other's clients want. */
    public static List<ArtemisBroker> startTwo() {
        Port first = claimPort();
        Port second = claimPort();
        return List.of(new ArtemisBroker(first, Optional.of(second)), new ArtemisBroker(second, Optional.of(first)));
    }

    private static Port claimPort() {
        return Port.claim(18770, 18779);
    }

    private EmbeddedActiveMQ started() {
        try {
            Configuration configuration = new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)
                    .addAcceptorConfiguration("tcp", url());
            if (other.isPresent()) {
                joinTo(url(other.get()), configuration);
            }
            var made = new EmbeddedActiveMQ();
            made.setConfiguration(configuration);
            made.start();
            return made;
        } catch (Exception e) {
            throw new IllegalStateException("The broker has not started", e);
        }
    }

    private void joinTo(String otherUrl, Configuration configuration) throws Exception {
        configuration
                .setClusterUser("cluster")
                .setClusterPassword("cluster")
                .addConnectorConfiguration(SELF, url())
                .addConnectorConfiguration(OTHER, otherUrl)
                .addClusterConfiguration(new ClusterConnectionConfiguration()
                        .setName("cluster")
                        .setConnectorName(SELF)
                        .setStaticConnectors(List.of(OTHER))
                        .setRetryInterval(100)
                        .setMessageLoadBalancingType(MessageLoadBalancingType.ON_DEMAND));
    }

    private static String url(Port port) {
        return "tcp://127.0.0.1:" + port;
    }

    /** {@return where it is} */
    public String url() {
        return url(port);
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
