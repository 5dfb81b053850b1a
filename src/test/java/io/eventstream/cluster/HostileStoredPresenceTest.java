package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.ChannelPresence;
import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.channel.PresenceEvents;
import io.eventstream.spi.Appended;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Nodes that meet in a storage: they come, go, are killed and stand still, and the storage is down, late and purged, goes back in
 * time, and stores what it says has failed. Time is virtual, and one number decides all that happens.
 */
class HostileStoredPresenceTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    /** Of all parts that 200 channels make, and of the turns to hear them. */
    private static final Duration ROUND = Duration.ofSeconds(10);

    private static final List<String> USERS = List.of("", "ann", "bob", "cid");
    private static final int CHANNELS = 200;

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void everyNodeKnowsTheTruthSoonAfterTheFaultsEnd(@ForAll long seed) {
        new Run(seed).run();
    }

    private record Client(ChannelPresence there, Runnable end) {}

    private static final class Member {

        private final StoredPresenceNode node;
        private final List<Client> clients = new ArrayList<>();
        private long stopsUntil;

        Member(StoredPresenceNode node) {
            this.node = node;
        }

        void comeOrGo(Random random) {
            if (!clients.isEmpty() && random.nextInt(3) == 0) {
                clients.remove(random.nextInt(clients.size())).end().run();
                return;
            }
            String channel = "channel-" + random.nextInt(CHANNELS);
            String user = USERS.get(random.nextInt(USERS.size()));
            clients.add(new Client(
                    new ChannelPresence(channel, 1, user.isEmpty() ? Set.of() : Set.of(user)),
                    node.comes(user, channel)));
        }
    }

    private static final class Run {

        private final Random random;
        private final MemoryStorage memory = new MemoryStorage();
        private final List<Member> members = new ArrayList<>();
        private long now;
        private boolean raging = true;

        Run(long seed) {
            random = new Random(seed);
        }

        void run() {
            join();
            join();
            int steps = 50 + random.nextInt(150);
            for (int i = 0; i < steps; i++) {
                something();
                pass();
            }
            raging = false;
            memory.recover();
            memory.hideNewest(0);
            members.forEach(member -> member.stopsUntil = now);
            pass(LEASE.plus(ROUND));
            requireTruth();

            members.get(0).comeOrGo(random);
            pass(StoredPresence.PAUSE.multipliedBy(2));
            requireTruth();
        }

        private void join() {
            members.add(new Member(new StoredPresenceNode(new Unreliable(), () -> now)));
        }

        private void something() {
            Member any = members.get(random.nextInt(members.size()));
            long newest = memory.isDown() ? 0 : head().newest();
            switch (random.nextInt(50)) {
                case 0 -> join();
                case 1 -> leave(any, false);
                case 2 -> leave(any, true);
                case 3 ->
                    any.stopsUntil =
                            now + Duration.ofSeconds(random.nextInt(30)).toNanos();
                case 4 -> memory.breakDown();
                case 5, 6, 7 -> memory.recover();
                case 8 -> memory.purge(PresenceEvents.CHANNEL, Math.max(0, newest - random.nextInt(5)));
                case 9 -> memory.hideNewest(random.nextInt(3));
                case 10 -> {
                    if (random.nextInt(5) == 0 && !memory.isDown()) {
                        memory.restore(PresenceEvents.CHANNEL, Math.max(head().oldest(), newest - random.nextInt(10)));
                    }
                }
                default -> any.comeOrGo(random);
            }
        }

        private ChannelHead head() {
            return memory.heads(List.of(PresenceEvents.CHANNEL)).get(PresenceEvents.CHANNEL);
        }

        private void leave(Member member, boolean orderly) {
            if (members.size() > 2) {
                members.remove(member);
                if (orderly) {
                    member.node.leave();
                }
            }
        }

        private void pass(Duration time) {
            for (long left = time.toSeconds(); left > 0; left--) {
                pass();
            }
        }

        private void pass() {
            now += StoredPresence.PAUSE.toNanos();
            for (Member member : members) {
                if (member.stopsUntil <= now) {
                    member.node.turn();
                }
            }
        }

        private void requireTruth() {
            for (int i = 0; i < CHANNELS; i++) {
                String channel = "channel-" + i;
                List<ChannelPresence> clients = members.stream()
                        .flatMap(member -> member.clients.stream())
                        .map(Client::there)
                        .filter(client -> client.channel().equals(channel))
                        .toList();
                Set<String> users = new HashSet<>();
                clients.forEach(client -> users.addAll(client.users()));
                assertThat(members)
                        .allSatisfy(member -> assertThat(member.node.of(channel))
                                .isEqualTo(new ChannelPresence(channel, clients.size(), users)));
            }
        }

        /** The storage, as a node has it whose connection may break in a commit. */
        private final class Unreliable implements EventStorage {

            @Override
            public Appended append(List<EncodedMessage> messages) {
                boolean breaks = raging && random.nextInt(10) == 0;
                Appended appended =
                        !breaks || random.nextBoolean() ? memory.append(messages) : new Appended(List.of(), List.of());
                if (breaks) {
                    throw new SendOutcomeUnknownException(new IllegalStateException("The connection broke"));
                }
                return appended;
            }

            @Override
            public StorageIdentity identity() {
                return memory.identity();
            }

            @Override
            public StorageIdentity raiseGeneration(long atLeast) {
                return memory.raiseGeneration(atLeast);
            }

            @Override
            public Map<String, ChannelHead> heads(Collection<String> channels) {
                return memory.heads(channels);
            }

            @Override
            public List<StoredEvent> after(String channel, long position, int limit) {
                return memory.after(channel, position, limit);
            }

            @Override
            public long purge(Retention retention) {
                return memory.purge(retention);
            }
        }
    }
}
