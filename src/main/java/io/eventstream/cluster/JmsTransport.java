package io.eventstream.cluster;

import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A topic of Jakarta Messaging, with a connection for each direction, since a connection of a server has one session. It asks
 * for messages in a loop: a message-driven bean would need configuration of its own on each server. Safe for use by many
 * threads.
 */
final class JmsTransport implements EventTransport {

    /** Our own heartbeats come back, so a connection that brings nothing for so long is dead. */
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(3);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final ConnectionFactory factory;
    private final Optional<Topic> topic;
    private final String topicName;
    private final AutoCloseable end;
    private final KeptConnection<JMSContext, JMSRuntimeException> sending;
    private volatile boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @param topic where it was found by its name
     * @param topicName its name at the broker
     * @param end of the factory, if it is ours
     */
    JmsTransport(ConnectionFactory factory, Optional<Topic> topic, String topicName, AutoCloseable end) {
        this.factory = factory;
        this.topic = topic;
        this.topicName = topicName;
        this.end = end;
        this.sending = new KeptConnection<>(factory::createContext, JMSContext::close);
    }

    @Override
    public void receive(TransportListener listener) throws IOException, JMSException {
        try (JMSContext context = factory.createContext();
                JMSConsumer consumer = context.createConsumer(topic(context))) {
            listener.connected();
            long heard = System.nanoTime();
            while (!closed) {
                long asked = System.nanoTime();
                Message message = consumer.receive(LOOK.toMillis());
                long now = System.nanoTime();
                if (message != null) {
                    heard = now;
                    listener.received(message instanceof TextMessage text ? text.getText() : "");
                } else if (!closed && (now - asked < LOOK.toNanos() / 2 || now - heard > SILENCE.toNanos())) {
                    // Without waiting, where the connection has ended.
                    throw new IOException("The connection on which this node listens brings nothing any more");
                }
            }
        }
    }

    private Topic topic(JMSContext context) {
        return topic.orElseGet(() -> context.createTopic(topicName));
    }

    @Override
    public void publish(String text) throws IOException {
        try {
            JMSContext context = sending.get();
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .send(topic(context), text);
        } catch (JMSRuntimeException e) {
            sending.forget();
            throw new IOException("The broker did not take what this node publishes", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        sending.close();
        try {
            end.close();
        } catch (Exception e) {
            // It is gone all the same.
        }
    }
}
