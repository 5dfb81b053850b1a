package io.eventstream.cluster;

import io.eventstream.config.JmsSettings;
import io.eventstream.server.ServerObjects;
import io.eventstream.spi.EventTransport;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Finds the connection factory, the topic and the queue that the settings name. On a thread that has the application's names. */
final class JmsFactories {

    private static final String ARTEMIS = "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory";
    private static final String JNDI = "java:";

    private JmsFactories() {}

    /**
     * Nothing is connected yet.
     *
     * @throws IllegalStateException if something is not there, with what to do about it
     */
    static EventTransport transport(JmsSettings settings) {
        Optional<Topic> topic = found(settings.topic(), Topic.class, "eventstream.jms.topic");
        ConnectionFactory factory = factory(settings);
        return new JmsTransport(factory, topic, settings.topic(), end(settings, factory));
    }

    /**
     * Nothing is connected yet.
     *
     * @throws IllegalStateException if something is not there, with what to do about it
     */
    static MessageQueue queue(JmsSettings settings) {
        Optional<Queue> queue = found(settings.queue(), Queue.class, "eventstream.jms.queue");
        ConnectionFactory factory = factory(settings);
        return new JmsQueue(
                factory,
                queue,
                settings.queue(),
                settings.brokerUrl().isEmpty() ? Optional.of(ServerObjects.userTransaction()) : Optional.empty(),
                end(settings, factory));
    }

    private static <T> Optional<T> found(String name, Class<T> type, String key) {
        return name.startsWith(JNDI) ? Optional.of(lookUp(name, type, key)) : Optional.empty();
    }

    private static ConnectionFactory factory(JmsSettings settings) {
        return settings.brokerUrl().isEmpty()
                ? lookUp(settings.connectionFactory(), ConnectionFactory.class, "eventstream.jms.connection-factory")
                : artemis(settings.brokerUrl());
    }

    /** One that is ours ends with what it is for. */
    private static AutoCloseable end(JmsSettings settings, ConnectionFactory factory) {
        return !settings.brokerUrl().isEmpty() && factory instanceof AutoCloseable closeable ? closeable : () -> {};
    }

    @SuppressWarnings("BanJNDI") // a name of the application's settings
    private static <T> T lookUp(String name, Class<T> type, String key) {
        try {
            return type.cast(InitialContext.doLookup(name));
        } catch (NamingException | ClassCastException e) {
            throw new IllegalStateException(
                    "there is no " + type.getSimpleName() + " " + name + "; set " + key
                            + " to the JNDI name of one (WildFly: standalone-full.xml has one; Open Liberty: with a feature"
                            + " such as messagingServer-3.0), or eventstream.jms.broker-url",
                    e);
        }
    }

    /** By reflection: it is the application that brings it. Its threads end with it, so that none keeps the application. */
    private static ConnectionFactory artemis(String url) {
        try {
            Class<?> type = Class.forName(ARTEMIS, true, JmsFactories.class.getClassLoader());
            Object factory = type.getConstructor(String.class).newInstance(url);
            type.getMethod("setUseGlobalPools", boolean.class).invoke(factory, false);
            return (ConnectionFactory) factory;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "eventstream.jms.broker-url needs the Artemis client, which the application does not have: add the"
                            + " dependency org.apache.activemq:artemis-jakarta-client, so that it is in WEB-INF/lib",
                    e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(
                    "the Artemis client does not take eventstream.jms.broker-url, or is not one of version 2", e);
        }
    }
}
