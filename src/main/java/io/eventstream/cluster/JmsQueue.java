package io.eventstream.cluster;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A queue of Jakarta Messaging. Each message is received in a transaction that commits once it is taken: of the session, or
 * where the connection factory is the server's, which gives no such session, of the server's own. One thread receives; safe for
 * another that closes it.
 */
final class JmsQueue implements MessageQueue {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final ConnectionFactory factory;
    private final Optional<Queue> queue;
    private final String queueName;
    private final Optional<UserTransaction> transactions;
    private final AutoCloseable end;
    private volatile boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @param queue where it was found by its name
     * @param queueName its name at the broker
     * @param transactions the server's, for a connection factory of its own
     * @param end of the factory, if it is ours
     */
    JmsQueue(
            ConnectionFactory factory,
            Optional<Queue> queue,
            String queueName,
            Optional<UserTransaction> transactions,
            AutoCloseable end) {
        this.factory = factory;
        this.queue = queue;
        this.queueName = queueName;
        this.transactions = transactions;
        this.end = end;
    }

    @Override
    public void receive(Taker taker) throws Exception {
        if (transactions.isPresent()) {
            while (!closed) {
                receiveOne(transactions.get(), taker);
            }
            return;
        }
        try (JMSContext context = factory.createContext(JMSContext.SESSION_TRANSACTED);
                JMSConsumer consumer = context.createConsumer(queue(context))) {
            while (!closed) {
                if (taken(consumer, taker)) {
                    context.commit();
                }
            }
        }
    }

    /** The session is made inside of the transaction, which is how it becomes a part of it on every server. */
    private void receiveOne(UserTransaction transaction, Taker taker) throws Exception {
        transaction.begin();
        boolean done = false;
        try {
            try (JMSContext context = factory.createContext();
                    JMSConsumer consumer = context.createConsumer(queue(context))) {
                taken(consumer, taker);
            }
            done = true;
        } finally {
            if (done) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
        }
    }

    private boolean taken(JMSConsumer consumer, Taker taker) throws Exception {
        long asked = System.nanoTime();
        Message message = consumer.receive(LOOK.toMillis());
        if (message != null) {
            taker.take(id(message), message instanceof TextMessage text ? String.valueOf(text.getText()) : "");
            return true;
        }
        if (!closed && System.nanoTime() - asked < LOOK.toNanos() / 2) {
            // Without waiting, where the connection has ended.
            throw new IOException("The connection on which this node reads the queue brings nothing any more");
        }
        return false;
    }

    private static String id(Message message) throws JMSException {
        return Objects.requireNonNullElse(message.getJMSMessageID(), "");
    }

    private Queue queue(JMSContext context) {
        return queue.orElseGet(() -> context.createQueue(queueName));
    }

    @Override
    public void stop() {
        closed = true;
    }

    @Override
    public void close() {
        try {
            end.close();
        } catch (Exception e) {
            // It is gone all the same.
        }
    }
}
