package io.eventstream.config;

import java.util.Objects;

/**
 * How a topic of Jakarta Messaging is reached.
 *
 * @param connectionFactory JNDI name of the connection factory
 * @param brokerUrl URL of a broker for the Artemis client; empty where the connection factory counts
 * @param topic JNDI name of the topic, or its name at the broker
 */
public record JmsSettings(String connectionFactory, String brokerUrl, String topic) {

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

    /** Checks that nothing is missing. */
    public JmsSettings {
        Objects.requireNonNull(connectionFactory, "connectionFactory");
        Objects.requireNonNull(brokerUrl, "brokerUrl");
        Objects.requireNonNull(topic, "topic");
    }

    /** {@return the settings but for the URL, which may hold a password} */
    @Override
    public String toString() {
        return "JmsSettings[connectionFactory=" + connectionFactory + ", brokerUrl=" + (brokerUrl.isEmpty() ? "" : "…")
                + ", topic=" + topic + "]";
    }
}
