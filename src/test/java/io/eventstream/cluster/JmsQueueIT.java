package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.DataNotEncodableException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StreamEvent;
import io.eventstream.config.JmsSettings;
import io.eventstream.sender.JmsEventSender;
import io.eventstream.testing.ArtemisBroker;
import io.eventstream.testing.WithoutServer;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Programs that send by a queue of a real Artemis, and nodes that read it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@WithoutServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JmsQueueIT {

    private final ArtemisBroker broker = new ArtemisBroker();
    private final ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private String queue;
    private JmsEventSender sender;

    @BeforeEach
    void begin(TestInfo test) {
        queue = test.getTestMethod().orElseThrow().getName();
        sender = JmsEventSender.of((ConnectionFactory) factory, queue);
        nodes.clear();
        stored.clear();
        refusals.set(0);
    }

    /** A node that keeps no message for longer than a moment. */
    private final class Node {

        private final CountDownLatch end = new CountDownLatch(1);
        private final MessageQueue read = JmsFactories.queue(new JmsSettings("", broker.url(), "", queue));
        private final Thread thread;

        Node(Duration patience) {
            var door = new QueueDoor(
                    message -> {
                        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                            throw new StorageRefusedException("Full", null);
                        }
                        stored.add(String.valueOf(message.data()));
                    },
                    patience,
                    System::nanoTime,
                    end);
            thread = new Thread(new QueueReading(read, door, end));
            thread.start();
        }

        void stop() throws InterruptedException {
            end.countDown();
            read.stop();
            thread.join();
            read.close();
        }
    }

    private void node() {
        nodes.add(new Node(Duration.ZERO));
    }

    @AfterEach
    void end() throws Exception {
        sender.close();
        for (Node node : nodes) {
            node.stop();
        }
        await().untilAsserted(() -> assertThat(broker.connections()).isZero());
    }

    @AfterAll
    void endBroker() {
        factory.close();
        broker.close();
    }

    private static List<String> numbers(int to) {
        return IntStream.rangeClosed(1, to).mapToObj(Integer::toString).toList();
    }

    private List<CompletableFuture<StreamEvent>> send(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> sender.send("a", "message", Integer.toString(i)))
                .toList();
    }

    @Test
    void whatIsSentBeforeANodeIsThereComesInOrder() {
        List<CompletableFuture<StreamEvent>> sent = send(1, 500);
        assertThat(sent.get(6).join()).isEqualTo(new StreamEvent("a", OptionalLong.empty(), "message", "7"));
        node();

        await().untilAsserted(() -> assertThat(stored).isEqualTo(numbers(500)));
    }

    @Test
    void whatTheStorageRefusesIsKeptByTheBrokerAndComesInOrderLater() {
        refusals.set(3);
        node();
        send(1, 20);

        await().untilAsserted(() -> assertThat(stored).isEqualTo(numbers(20)));
        assertThat(refusals).hasValue(0);
    }

    @Test
    void anotherNodeGetsWhatANodeThatEndsHasNotStored() throws Exception {
        refusals.set(Integer.MAX_VALUE);
        var first = new Node(Duration.ofMinutes(1));
        send(1, 5).get(4).join();
        await().until(() -> refusals.get() < Integer.MAX_VALUE);
        first.stop();
        refusals.set(0);
        node();

        await().untilAsserted(() -> assertThat(stored).isEqualTo(numbers(5)));
    }

    @Test
    void garbageIsPassedOver() {
        try (JMSContext context = ((ConnectionFactory) factory).createContext()) {
            context.createProducer().send(context.createQueue(queue), new byte[] {1, 2});
            context.createProducer().send(context.createQueue(queue), "hello");
            context.createProducer().send(context.createQueue(queue), context.createTextMessage());
        }
        send(1, 1);
        node();

        await().untilAsserted(() -> assertThat(stored).isEqualTo(numbers(1)));
    }

    @Test
    void aBrokerThatIsAwayIsToldAndComesBack() {
        node();
        send(1, 1).get(0).join();
        await().until(() -> stored.size() == 1);
        broker.stop();
        assertThatThrownBy(() -> sender.sendText("a", "message", "lost").join())
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("The broker did not take the event");
        broker.restart();

        await().ignoreExceptions()
                .until(() -> sender.send("a", "message", "2").join().channel().equals("a"));
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(stored).endsWith("2"));
    }

    @Test
    void whatIsNoEventIsToldAtOnceAndAClosedSenderTakesNothing() {
        assertThatThrownBy(() -> sender.send("a", "message", "hello").join())
                .hasCauseInstanceOf(DataNotEncodableException.class);
        sender.close();
        assertThatThrownBy(() -> sender.sendText("a", "message", "1").join())
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("The sender is closed");
    }
}
