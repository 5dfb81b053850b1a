package io.eventstream.sender;

import io.eventstream.api.DataNotEncodableException;
import io.eventstream.api.InvalidChannelException;
import io.eventstream.api.InvalidTypeException;
import io.eventstream.api.StreamEvent;
import io.eventstream.client.EventSender;
import io.eventstream.cluster.QueueTexts;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends by a queue of Jakarta Messaging, which nodes read that have its name in {@code eventstream.jms.queue}. Needs the jar, the
 * API of Jakarta Messaging and the client of the broker.
 *
 * <pre>{@code
 * try (var factory = new ActiveMQConnectionFactory("tcp://broker:61616");
 *         var sender = JmsEventSender.of(factory, "eventstream-in")) {
 *     sender.send("test", "message", "{\"text\":\"hello world\"}").join();
 * }
 * }</pre>
 *
 * <p>A stage is completed once the broker has taken the message, for good if it keeps it on disk. So the event it is completed
 * with <b>never has a number</b>: which one it gets, and whether a node refuses it, such as for its size, the sender does not
 * hear. An event is sent at least once: it may come twice where a node, the broker or the connection between them failed just
 * then.
 *
 * <p>A stage fails with {@link IOException} if the broker did not take the message, or may have, and with {@link
 * InvalidChannelException}, {@link InvalidTypeException} or {@link DataNotEncodableException} if it cannot be sent at all. What
 * was handed over first goes first. What depends on a stage must not wait: it may run on the thread that sends.
 *
 * <p>Safe for use by many threads. It has a thread, which does not keep a program alive: join the stages, or close the sender.
 */
public final class JmsEventSender implements EventSender {

    private final ConnectionFactory factory;
    private final String queue;
    private final SendingThread thread = new SendingThread();

    /** Of the thread, and of whoever closes once that has ended. */
    private volatile @Nullable JMSContext context;

    private JmsEventSender(ConnectionFactory factory, String queue) {
        this.factory = Objects.requireNonNull(factory, "factory");
        this.queue = Objects.requireNonNull(queue, "queue");
    }

    /**
     * A sender to that queue.
     *
     * @param factory how the broker is reached; not closed with the sender
     * @param queue the name of the queue at the broker
     * @return the sender; nothing is connected yet
     */
    public static JmsEventSender of(ConnectionFactory factory, String queue) {
        return new JmsEventSender(factory, queue);
    }

    @Override
    public CompletableFuture<StreamEvent> send(String channel, String type, String json) {
        try {
            OutgoingText.check(channel, type, json, Integer.MAX_VALUE);
            JsonSyntax.check(channel, json);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return send(new StreamEvent(channel, OptionalLong.empty(), type, json), QueueTexts.json(channel, type, json));
    }

    @Override
    public CompletableFuture<StreamEvent> sendText(String channel, String type, String text) {
        try {
            OutgoingText.check(channel, type, text, Integer.MAX_VALUE);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return send(new StreamEvent(channel, OptionalLong.empty(), type, text), QueueTexts.text(channel, type, text));
    }

    private CompletableFuture<StreamEvent> send(StreamEvent event, String text) {
        return thread.submit(() -> {
            try {
                JMSContext connected = connected();
                connected
                        .createProducer()
                        .setDeliveryMode(DeliveryMode.PERSISTENT)
                        .send(connected.createQueue(queue), text);
                return event;
            } catch (JMSRuntimeException e) {
                disconnect();
                throw new IOException("The broker did not take the event, or its answer was lost", e);
            }
        });
    }

    private JMSContext connected() {
        JMSContext kept = context;
        if (kept == null) {
            kept = factory.createContext();
            context = kept;
        }
        return kept;
    }

    private void disconnect() {
        JMSContext broken = context;
        context = null;
        try {
            if (broken != null) {
                broken.close();
            }
        } catch (JMSRuntimeException e) {
            // It is gone all the same.
        }
    }

    @Override
    public void close() {
        thread.close();
        disconnect();
    }
}
