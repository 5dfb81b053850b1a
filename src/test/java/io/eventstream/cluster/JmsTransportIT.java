package io.eventstream.cluster;

import io.eventstream.config.JmsSettings;
import io.eventstream.spi.EventTransport;
import io.eventstream.testing.ArtemisBroker;
import io.eventstream.testing.WithoutServer;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** The transport by a topic, on a real Artemis. */
@WithoutServer
class JmsTransportIT extends TransportContract {

    private static final String TOPIC = "events";

    @Override
    TransportUnderTest open() {
        return new Topics(new ArtemisBroker());
    }

    private record Topics(ArtemisBroker broker) implements TransportUnderTest {

        private EventTransport on(String topic) {
            return JmsFactories.transport(new JmsSettings("", broker.url(), topic, ""));
        }

        @Override
        public EventTransport node() {
            return on(TOPIC);
        }

        @Override
        public EventTransport stranger() {
            return on("others");
        }

        @Override
        public void publishForeign() {
            try (var factory = new ActiveMQConnectionFactory(broker.url());
                    JMSContext context = ((ConnectionFactory) factory).createContext()) {
                context.createProducer().send(context.createTopic(TOPIC), new byte[] {1, 2});
                context.createProducer().send(context.createTopic(TOPIC), "hello");
            }
        }

        @Override
        public void breakDown() {
            broker.stop();
        }

        @Override
        public void recover() {
            broker.restart();
        }

        @Override
        public long connections() {
            return broker.connections();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
