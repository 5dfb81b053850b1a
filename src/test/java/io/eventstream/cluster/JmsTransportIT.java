package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.broadcast.RealNode;
import io.eventstream.config.JmsSettings;
import io.eventstream.testing.ArtemisBroker;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.WithoutServer;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The transport on a real Artemis, which stops and starts again. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@WithoutServer
@ResourceLock(LogEntries.OF_OUTAGES)
class JmsTransportIT {

    private final ArtemisBroker broker = new ArtemisBroker();
    private final Permissions permissions = new Permissions();
    private final List<RealMember> members = new ArrayList<>();
    private final LogEntries outages = LogEntries.of(TransportOutage.class);
    private final LogEntries skipped = LogEntries.of(Connected.class);

    @AfterEach
    void end() {
        members.forEach(RealMember::close);
        broker.close();
        outages.close();
        skipped.close();
    }

    private RealMember member(Optional<MemoryStorage> storage, String topic) {
        var settings = new JmsSettings("", broker.url(), topic);
        var member = new RealMember(
                storage,
                Optional.of(JmsFactories.transport(settings)),
                permissions,
                "eventstream.storage.poll",
                "PT1H");
        members.add(member);
        return member;
    }

    private void awaitConnected() {
        await().atMost(20, TimeUnit.SECONDS).until(() -> members.stream().allMatch(RealMember::isConnected));
    }

    private static void awaitSeen(RealNode.Client client, String... seen) {
        await().untilAsserted(() -> assertThat(client.seen()).containsExactly(seen));
    }

    private static void live(RealMember from, String data) {
        from.cluster.publish("c", "message", Set.of(), data);
    }

    @Test
    void nodesHearEachOtherInOrder() {
        RealMember first = member(Optional.empty(), "events");
        RealMember second = member(Optional.empty(), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String[] all =
                IntStream.range(0, 2000).mapToObj(i -> i + " é\uD83D\uDE00").toArray(String[]::new);
        for (String data : all) {
            live(first, data);
        }

        awaitSeen(far, all);
    }

    @Test
    void applicationsOnOtherTopicsDoNotHearEachOther() {
        RealMember first = member(Optional.empty(), "events");
        RealMember stranger = member(Optional.empty(), "others");
        RealMember second = member(Optional.empty(), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        live(stranger, "foreign");
        live(first, "ours");

        awaitSeen(far, "ours");
    }

    @Test
    void whatIsTooLargeForATextIsReadFromTheStorage() {
        var storage = new MemoryStorage();
        RealMember first = member(Optional.of(storage), "events");
        RealMember second = member(Optional.of(storage), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String large = "x".repeat(2 << 20);
        first.store("c", large);

        awaitSeen(far, large);
    }

    @Test
    void messagesOfOthersArePassedOver() {
        RealMember first = member(Optional.empty(), "events");
        RealMember second = member(Optional.empty(), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        try (var factory = new ActiveMQConnectionFactory(broker.url());
                JMSContext context = ((ConnectionFactory) factory).createContext()) {
            context.createProducer().send(context.createTopic("events"), new byte[] {1, 2});
            context.createProducer().send(context.createTopic("events"), "hello");
        }
        live(first, "after");

        awaitSeen(far, "after");
        await().untilAsserted(() -> assertThat(skipped.entries()).contains("WARNING"));
    }

    @Test
    void afterItHasStoppedTheyMeetAgainAndNothingThatIsStoredIsMissing() {
        var storage = new MemoryStorage();
        RealMember first = member(Optional.of(storage), "events");
        RealMember second = member(Optional.of(storage), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        RealNode.Client farLive = second.node.listen("ann", "unrel");
        first.store("c", "1");
        awaitSeen(far, "1");
        broker.stop();
        first.store("c", "2");
        await().until(() -> outages.entries().contains("WARNING"));
        first.store("c", "3");
        broker.restart();
        awaitConnected();

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(far.seen()).containsExactly("1", "2", "3"));
        await().untilAsserted(() -> assertThat(farLive.seen()).contains("stream-reset"));
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(outages.entries()).contains("INFO"));
    }

    @Test
    void anIdleConnectionIsKept() {
        RealMember first = member(Optional.empty(), "events");
        RealMember second = member(Optional.empty(), "events");
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        await().pollDelay(17, TimeUnit.SECONDS).atMost(30, TimeUnit.SECONDS).until(() -> true);
        live(first, "after");

        awaitSeen(far, "after");
        assertThat(outages.entries()).isEmpty();
    }

    @Test
    void nothingIsLeftOfItAfterItsEnd() {
        RealMember first = member(Optional.empty(), "events");
        awaitConnected();
        first.close();

        await().untilAsserted(() -> assertThat(first.threads()).noneMatch(Thread::isAlive));
        await().untilAsserted(() -> assertThat(broker.connections()).isZero());
        assertThat(outages.entries()).isEmpty();
    }
}
