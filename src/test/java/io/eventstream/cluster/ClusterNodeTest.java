package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.api.ChannelPresence;
import io.eventstream.broadcast.RealNode;
import io.eventstream.channel.PermissionEvents;
import io.eventstream.spi.EventTransport;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.MemoryStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ResourceLock(LogEntries.OF_OUTAGES)
class ClusterNodeTest {

    /** So rare that nothing of these tests comes by the poll. */
    private static final String[] NO_POLL = {"eventstream.storage.poll", "PT1H"};

    private static final String[] OFTEN = {"eventstream.storage.poll", "PT0.05S"};

    private final Permissions permissions = new Permissions();
    private final MemoryTopic topic = new MemoryTopic();
    private final MemoryStorage storage = new MemoryStorage();
    private final List<RealMember> members = new ArrayList<>();
    private final LogEntries outages = LogEntries.of(TransportOutage.class);
    private final LogEntries skipped = LogEntries.of(Connected.class);

    @AfterEach
    void end() {
        members.forEach(RealMember::close);
        outages.close();
        skipped.close();
    }

    private RealMember member(Optional<MemoryStorage> stored, Optional<EventTransport> transport, String... settings) {
        var member = new RealMember(stored, transport, permissions, settings);
        members.add(member);
        return member;
    }

    private void awaitConnected() {
        await().until(() -> members.stream().allMatch(RealMember::isConnected));
    }

    private static void awaitSeen(RealNode.Client client, String... seen) {
        await().untilAsserted(() -> assertThat(client.seen()).containsExactly(seen));
    }

    @Nested
    class WithATransportAlone {

        private final RealMember first = member(Optional.empty(), Optional.of(topic.join()));
        private final RealMember second = member(Optional.empty(), Optional.of(topic.join()));

        private void live(RealMember from, String data, String... skipUsers) {
            from.cluster.publish("c", "message", Set.of(skipUsers), data);
        }

        @Test
        void eventsReachTheSubscribersOfEachNodeOnceAndInOrder() {
            awaitConnected();
            RealNode.Client near = first.node.listen("ann", "c");
            RealNode.Client far = second.node.listen("ann", "c");
            String[] all = IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new);
            for (String data : all) {
                live(first, data);
            }

            awaitSeen(far, all);
            awaitSeen(near, all);
        }

        @Test
        void usersAreSkippedOnEachNode() {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            live(first, "not for ann", "ann");
            live(first, "for all");

            awaitSeen(far, "for all");
        }

        @Test
        void aPermissionThatIsTakenAwayEndsStreamsOnEachNode() {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            RealNode.Client other = second.node.listen("bob", "c");
            permissions.revoke("ann", "c");
            first.cluster.recheck("ann", "c");

            awaitSeen(far, "stream-error");
            assertThat(other.seen()).isEmpty();
        }

        /** Where nothing is stored, a change that was told meanwhile is lost. */
        @Test
        void aNodeThatIsConnectedAgainAsksForAllPermissionsAgain() {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            topic.breakDown();
            permissions.revoke("ann", "c");
            topic.recover();

            await().untilAsserted(() -> assertThat(far.seen()).contains("stream-error"));
        }

        @Test
        void garbageIsPassedOver() throws IOException {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            topic.publish("hello\n{\"format\":99}\n\n");
            live(first, "after");

            awaitSeen(far, "after");
            assertThat(skipped.messages())
                    .isNotEmpty()
                    .allMatch(
                            text -> text.startsWith("Messages of the transport that were skipped: 1. The last one: "));
        }

        @Test
        void afterAnOutageSubscribersAreToldAndWhatWaitedComes() {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            live(first, "before");
            awaitSeen(far, "before");
            try (var log = LogEntries.of(TransportOutage.class)) {
                topic.breakDown();
                await().until(() -> topic.connected() == 0);
                live(first, "during");
                await().until(() -> log.entries().size() == 2);
                topic.recover();
                awaitConnected();

                await().untilAsserted(() -> assertThat(far.seen()).startsWith("before", "stream-reset"));
                live(first, "after");
                await().untilAsserted(() -> assertThat(far.seen()).endsWith("after"));
                await().untilAsserted(() ->
                        assertThat(log.entries()).containsExactlyInAnyOrder("WARNING", "WARNING", "INFO", "INFO"));
            }
        }

        @Test
        void whatWaitsIsToldBeforeTheEndAndNoThreadIsLeft() {
            awaitConnected();
            IntStream.range(0, 5000).forEach(i -> live(first, "x" + i));
            first.cluster.close();

            assertThat(topic.lines().stream().filter(line -> line.contains("\"live\"")))
                    .hasSize(5000);
            await().untilAsserted(() -> assertThat(first.threads()).hasSize(3).noneMatch(Thread::isAlive));
        }
    }

    @Nested
    class WithAStorageAlone {

        @Test
        void eventsAreFoundByThePoll() {
            RealMember first = member(Optional.of(storage), Optional.empty(), OFTEN);
            RealMember second = member(Optional.of(storage), Optional.empty(), OFTEN);
            RealNode.Client far = second.node.listen("ann", "c");
            first.store("c", "1");
            first.store("c", "2");

            awaitSeen(far, "1", "2");
        }

        @Test
        void changesOfPermissionsAreFoundByThePoll() {
            RealMember first = member(Optional.of(storage), Optional.empty(), OFTEN);
            RealMember second = member(Optional.of(storage), Optional.empty(), OFTEN);
            RealNode.Client far = second.node.listen("ann", "c");
            permissions.revoke("ann", "c");
            first.cluster.receive(
                    List.of(storage.append(PermissionEvents.message(new ChannelPermissionChanged("ann", "c")))));

            awaitSeen(far, "stream-error");
        }
    }

    @Nested
    class WithBoth {

        private final RealMember first = member(Optional.of(storage), Optional.of(topic.join()), NO_POLL);
        private final RealMember second = member(Optional.of(storage), Optional.of(topic.join()), NO_POLL);

        @Test
        void eventsComeWithoutThePoll() {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            first.store("c", "1");

            awaitSeen(far, "1");
        }

        @Test
        void whatWasLostIsReadWithTheNextEvent() {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            storage.append("c", "lost");
            first.store("c", "2");

            awaitSeen(far, "lost", "2");
        }

        @Test
        void whatWasLostWithTheConnectionIsReadAtOnce() {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            topic.breakDown();
            storage.append("c", "lost");
            topic.recover();

            awaitSeen(far, "lost");
        }

        /** It has told all itself. */
        @Test
        void whatAnotherNodeHasNumberedIsNotToldAgain() {
            awaitConnected();
            RealNode.Client near = first.node.listen("ann", "c");
            StoredEvent event = storage.append("c", "1");
            first.cluster.receiveFromOther(List.of(event));
            awaitSeen(near, "1");
            first.store("c", "2");

            await().until(() -> topic.lines().stream().anyMatch(line -> line.contains("\"id\":2")));
            assertThat(topic.lines()).noneMatch(line -> line.contains("\"id\":1,"));
        }

        @Test
        void anEventOfAnotherStorageIsNotTakenForOurs() throws IOException {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            StoredEvent foreign = new MemoryStorage().append("c", "foreign");
            topic.publish(MessageCodec.encode(
                    new TransportMessage(new UUID(9, 9), new UUID(8, 8), 0, new Content.Event(foreign))));
            first.store("c", "1");

            awaitSeen(far, "1");
        }

        @Test
        void aChangeOfAPermissionComesWithoutThePoll() {
            awaitConnected();
            RealNode.Client far = second.node.listen("ann", "c");
            permissions.revoke("ann", "c");
            first.cluster.receive(
                    List.of(storage.append(PermissionEvents.message(new ChannelPermissionChanged("ann", "c")))));

            awaitSeen(far, "stream-error");
        }
    }

    @Test
    void aloneItStartsNoThread() {
        assertThat(member(Optional.empty(), Optional.empty()).threads()).isEmpty();
    }

    @Nested
    class WhoListens {

        private static final String[] USERS = {"eventstream.presence", "users"};

        private final RealMember first = member(Optional.empty(), Optional.of(topic.join()), USERS);
        private final RealMember second = member(Optional.empty(), Optional.of(topic.join()), USERS);

        private void awaitPresence(RealMember member, int count, String... users) {
            await().untilAsserted(() ->
                    assertThat(member.presence.of("c")).isEqualTo(new ChannelPresence("c", count, Set.of(users))));
        }

        @Test
        void isKnownOnAllNodesUntilTheyEnd() {
            first.node.listen("ann", "c");
            RealNode.Client gone = second.node.listen("bob", "c");
            second.node.listen("", "c");
            awaitPresence(first, 3, "ann", "bob");
            awaitPresence(second, 3, "ann", "bob");

            gone.end();
            awaitPresence(first, 2, "ann");
            second.close();
            awaitPresence(first, 1, "ann");
        }

        @Test
        void isToldToANodeThatComesLater() {
            first.node.listen("ann", "c");
            awaitPresence(second, 1, "ann");

            awaitPresence(member(Optional.empty(), Optional.of(topic.join()), USERS), 1, "ann");
        }

        /** Nothing of it waits for the transport, so nothing of it is old or takes room there. */
        @Test
        void isToldAsItIsWhenTheTransportIsBack() {
            awaitConnected();
            topic.breakDown();
            RealNode.Client gone = first.node.listen("ann", "c");
            first.node.listen("bob", "c");
            gone.end();
            topic.recover();

            awaitPresence(second, 1, "bob");
        }
    }

    @Test
    void nobodyIsToldWhoListensWhereThatIsOff() {
        RealMember off = member(Optional.empty(), Optional.of(topic.join()));
        RealMember counting = member(Optional.empty(), Optional.of(topic.join()), "eventstream.presence", "count");
        off.node.listen("ann", "c");
        counting.node.listen("ann", "c");
        await().until(() -> topic.lines().stream().anyMatch(line -> line.contains("\"presence\"")));

        assertThat(counting.presence.of("c")).isEqualTo(new ChannelPresence("c", 1, Set.of()));
        assertThat(topic.lines()).noneMatch(line -> line.contains("\"ann\""));
    }
}
