package io.eventstream.config;

import java.util.Objects;

/**
 * How a topic and a queue of Jakarta Messaging are reached.
 *
 * @param connectionFactory JNDI name of the connection factory
 * @param brokerUrl URL of a broker for the Artemis client; empty where the connection factory counts
 * @param topic JNDI name of the topic, or its name at the broker
 * @param queue the same of the queue that programs send to; empty where none is read
 */
public record JmsSettings(String connectionFactory, String brokerUrl, String topic, String queue) {

    static final Setting<String> CONNECTION_FACTORY = new Setting<>(
            "eventstream.jms.connection-factory",
            "java:comp/DefaultJMSConnectionFactory",
            "a JNDI name",
            "JNDI name of the connection factory; without effect where a broker's URL is set",
            String::trim);
    static final Setting<String> BROKER_URL = Setting.text(
            "eventstream.jms.broker-url",
            "a URL of Artemis, such as tcp://host:61616",
            "a broker to connect to with the Artemis client that the application brings",
            text -> text.contains("://"));
    static final Setting<String> TOPIC = new Setting<>(
            "eventstream.jms.topic",
            "eventstream",
            "a name",
            "the topic: its JNDI name where it begins with `java:`, else its name at the broker",
            String::trim);

    static final Setting<String> QUEUE = Setting.text(
            "eventstream.jms.queue",
            "a name",
            "a queue whose messages this node sends, from programs outside of it: its JNDI name where it begins with"
                    + " `java:`, else its name at the broker",
            text -> text.equals(text.strip()));

    /** Checks that nothing is missing. */
    public JmsSettings {
        Objects.requireNonNull(connectionFactory, "connectionFactory");
        Objects.requireNonNull(brokerUrl, "brokerUrl");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(queue, "queue");
    }

    /** {@return the settings but for the URL, which may hold a password} */
    @Override
    public String toString() {
        return "JmsSettings[connectionFactory=" + connectionFactory + ", brokerUrl=" + (brokerUrl.isEmpty() ? "" : "…")
                + ", topic=" + topic + ", queue=" + queue + "]";
    }
}
