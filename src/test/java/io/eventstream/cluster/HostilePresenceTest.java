package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.ChannelPresence;
import io.eventstream.presence.NodePresence;
import io.eventstream.presence.PresenceExchange;
import io.eventstream.presence.PresenceFixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Nodes that come, go, are killed and stand still, clients that come and go, and a transport that drops, repeats, delays,
 * reorders and cuts. Time is virtual, and one number decides all that happens.
 */
class HostilePresenceTest {

    private static final Duration STEP = Duration.ofMillis(250);

    /** Of a round, and of the sections of 40 channels to a transport that takes 4096 characters at once. */
    private static final Duration ROUND = Duration.ofSeconds(8);

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final List<String> USERS = List.of("", "ann", "bob", "cid");
    private static final int CHANNELS = 40;

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void everyNodeKnowsTheTruthSoonAfterTheFaultsEnd(@ForAll long seed) throws Exception {
        new Run(seed).run();
    }

    private record Delivery(long due, Member to, String text) {}

    private record Client(ChannelPresence there, Runnable end) {}

    private static final class Run {

        private final Random random;
        private final List<Member> members = new ArrayList<>();
        private final List<Delivery> underWay = new ArrayList<>();
        private long now;
        private int started;
        private boolean raging = true;

        Run(long seed) {
            random = new Random(seed);
        }

        void run() throws Exception {
            members.add(new Member(this));
            members.add(new Member(this));
            int steps = 50 + random.nextInt(150);
            for (int i = 0; i < steps; i++) {
                something();
                pass(STEP);
            }
            raging = false;
            members.forEach(member -> member.stopsUntil = now);
            passInSteps(LEASE.plus(ROUND));
            requireTruth();

            Member busy = members.get(0);
            busy.comeOrGo(random);
            passInSteps(STEP.multipliedBy(4));
            requireTruth();
        }

        private void something() {
            Member any = members.get(random.nextInt(members.size()));
            switch (random.nextInt(40)) {
                case 0 -> members.add(new Member(this));
                case 1 -> leave(any, false);
                case 2 -> leave(any, true);
                case 3 ->
                    any.stopsUntil =
                            now + Duration.ofSeconds(random.nextInt(30)).toNanos();
                default -> any.comeOrGo(random);
            }
        }

        private void leave(Member member, boolean orderly) {
            if (members.size() > 2) {
                members.remove(member);
                if (orderly) {
                    member.publish(member.telling.last());
                }
            }
        }

        private void passInSteps(Duration time) throws Exception {
            for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
                pass(STEP);
            }
        }

        private void pass(Duration by) throws Exception {
            now += by.toNanos();
            for (Member member : members) {
                if (member.stopsUntil <= now) {
                    member.publish(member.telling.next(Duration.ZERO).orElseThrow());
                }
            }
            List<Delivery> due = new ArrayList<>(underWay.stream()
                    .filter(delivery -> delivery.due() <= now && delivery.to().stopsUntil <= now)
                    .toList());
            underWay.removeAll(due);
            for (Delivery delivery : due) {
                delivery.to().receive(delivery.text());
            }
        }

        void publish(Member from, String text) {
            for (Member to : members) {
                int copies = !raging ? 1 : random.nextInt(10) == 0 ? 2 : random.nextInt(5) == 0 ? 0 : 1;
                for (int i = 0; i < copies; i++) {
                    boolean late = raging && random.nextInt(3) == 0;
                    long delay = late ? Duration.ofMillis(random.nextInt(4000)).toNanos() : 0;
                    if (to != from) {
                        underWay.add(new Delivery(now + delay, to, text));
                    }
                }
            }
        }

        private void requireTruth() {
            for (int i = 0; i < CHANNELS; i++) {
                String channel = channel(i);
                List<ChannelPresence> clients = members.stream()
                        .flatMap(member -> member.clients.stream())
                        .map(Client::there)
                        .filter(client -> client.channel().equals(channel))
                        .toList();
                Set<String> users = new HashSet<>();
                clients.forEach(client -> users.addAll(client.users()));
                assertThat(members)
                        .allSatisfy(member -> assertThat(member.presence.of(channel))
                                .isEqualTo(new ChannelPresence(channel, clients.size(), users)));
            }
        }
    }

    private static String channel(int number) {
        return "channel-" + "x".repeat(number) + number;
    }

    private static final class Member {

        private final Run run;
        private final UUID self;
        private final NodePresence presence;
        private final PresenceExchange exchange;
        private final Telling telling;
        private final Packing packing;
        private final List<Client> clients = new ArrayList<>();
        private long stopsUntil;

        Member(Run run) {
            this.run = run;
            this.self = new UUID(1, run.started++);
            this.presence = PresenceFixtures.presence(() -> run.now, "eventstream.presence", "users");
            this.exchange = presence.exchange(4096).orElseThrow();
            this.telling = new Telling(new Outbox(1000, 1 << 20), Optional.of(exchange));
            this.packing = new Packing(self, 4096, new Rarely("", System::nanoTime, text -> {
                throw new AssertionError(text);
            }));
        }

        void comeOrGo(Random random) {
            if (!clients.isEmpty() && random.nextInt(3) == 0) {
                clients.remove(random.nextInt(clients.size())).end().run();
                return;
            }
            String channel = channel(random.nextInt(CHANNELS));
            String user = USERS.get(random.nextInt(USERS.size()));
            Runnable end = presence.begins(PresenceFixtures.interest(user, channel));
            clients.add(new Client(new ChannelPresence(channel, 1, user.isEmpty() ? Set.of() : Set.of(user)), end));
        }

        void publish(List<Outgoing> messages) {
            packing.pack(messages, TransportMessage.NO_STORAGE).forEach(text -> run.publish(this, text));
        }

        void receive(String text) throws UnreadableMessageException {
            for (String line : text.split("\n", -1)) {
                TransportMessage message = MessageCodec.decode(line);
                exchange.heard(message.origin());
                if (message.content() instanceof Content.Presence told) {
                    exchange.received(message.origin(), told.report());
                }
            }
        }
    }
}
