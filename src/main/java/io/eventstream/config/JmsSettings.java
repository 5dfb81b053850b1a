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
