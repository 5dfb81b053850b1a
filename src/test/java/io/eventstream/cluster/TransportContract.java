package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.broadcast.RealNode;
import io.eventstream.spi.EventTransport;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.Nightly;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What nodes are to each other with each {@link EventTransport} of the library, whose broker stops and starts again. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ResourceLock(LogEntries.OF_OUTAGES)
abstract class TransportContract {

    /** More than a line has besides its data. */
    private static final int ENVELOPE = 1024;

    private static final int MANY = 2000;

    private final Permissions permissions = new Permissions();
    private final List<RealMember> members = new ArrayList<>();
    private final LogEntries outages = LogEntries.of(TransportOutage.class);
    private final LogEntries skipped = LogEntries.of(Connected.class);
    private TransportUnderTest transport;

    /** Sets up one that works, without nodes. */
    abstract TransportUnderTest open();

    @BeforeEach
    void begin() {
        transport = open();
    }

    @AfterEach
    void end() {
        members.forEach(RealMember::close);
        transport.close();
        outages.close();
        skipped.close();
    }

    private RealMember member(Optional<MemoryStorage> storage, EventTransport carrying) {
        var member = new RealMember(
                storage,
                Optional.of(carrying),
                permissions,
                "eventstream.storage.poll",
                "PT1H",
                "eventstream.tail.events", // or on a busy machine a subscriber falls behind, and is told so
                Integer.toString(MANY));
        members.add(member);
        return member;
    }

    /** {@return a node, which has no storage} */
    final RealMember member() {
        return member(Optional.empty(), transport.node());
    }

    final void awaitConnected() {
        await().atMost(20, TimeUnit.SECONDS).until(() -> members.stream().allMatch(RealMember::isConnected));
    }

    /** {@return the log of what the transport's failures tell an operator} */
    final LogEntries outages() {
        return outages;
    }

    private int largest() {
        EventTransport any = transport.node();
        any.close();
        return any.largest();
    }

    private static void awaitSeen(RealNode.Client client, String... seen) {
        await().untilAsserted(() -> assertThat(client.seen()).containsExactly(seen));
    }

    private static void live(RealMember from, String data) {
        from.cluster.publish("c", "message", Set.of(), data);
    }

    @Test
    void nodesHearEachOtherInOrder() {
        RealMember first = member();
        RealMember second = member();
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String[] all =
                IntStream.range(0, MANY).mapToObj(i -> i + " é\uD83D\uDE00").toArray(String[]::new);
        for (String data : all) {
            live(first, data);
        }

        awaitSeen(far, all);
    }

    @Test
    void nodesDoNotHearThoseOfAnotherApplication() {
        RealMember first = member();
        RealMember stranger = member(Optional.empty(), transport.stranger());
        RealMember second = member();
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        live(stranger, "foreign");
        live(first, "ours");

        awaitSeen(far, "ours");
    }

    @Test
    void eventsGoAsTheyAreUpToTheLargestText() {
        RealMember first = member();
        RealMember second = member();
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String large = "x".repeat(largest() - ENVELOPE);
        live(first, large);

        awaitSeen(far, large);
    }

    @Test
    void whatIsTooLargeForATextIsReadFromTheStorage() {
        var storage = new MemoryStorage();
        RealMember first = member(Optional.of(storage), transport.node());
        RealMember second = member(Optional.of(storage), transport.node());
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String large = "x".repeat(largest() + 1);
        first.store("c", large);

        awaitSeen(far, large);
    }

    @Test
    void messagesOfOthersArePassedOver() {
        RealMember first = member();
        RealMember second = member();
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        transport.publishForeign();
        live(first, "after");

        awaitSeen(far, "after");
        await().untilAsserted(() -> assertThat(skipped.entries()).contains("WARNING"));
    }

    @Test
    void afterAnOutageTheyMeetAgainAndNothingThatIsStoredIsMissing() {
        var storage = new MemoryStorage();
        RealMember first = member(Optional.of(storage), transport.node());
        RealMember second = member(Optional.of(storage), transport.node());
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        RealNode.Client farLive = second.node.listen("ann", "unrel");
        first.store("c", "1");
        awaitSeen(far, "1");
        transport.breakDown();
        first.store("c", "2");
        await().until(() -> outages.entries().contains("WARNING"));
        first.store("c", "3");
        transport.recover();
        awaitConnected();

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(far.seen()).containsExactly("1", "2", "3"));
        await().untilAsserted(() -> assertThat(farLive.seen()).contains("stream-reset"));
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(outages.entries()).contains("INFO"));
    }

    @Nightly
    @Test
    void anIdleConnectionIsKept() {
        RealMember first = member();
        RealMember second = member();
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        await().pollDelay(17, TimeUnit.SECONDS).atMost(30, TimeUnit.SECONDS).until(() -> true);
        live(first, "after");

        awaitSeen(far, "after");
        assertThat(outages.entries()).isEmpty();
    }

    @Test
    void nothingIsLeftOfItAfterItsEnd() {
        RealMember first = member();
        awaitConnected();
        first.close();

        await().untilAsserted(() -> assertThat(first.threads()).noneMatch(Thread::isAlive));
        await().untilAsserted(() -> assertThat(transport.connections()).isZero());
        assertThat(outages.entries()).isEmpty();
    }
}
