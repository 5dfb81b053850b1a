package io.eventstream.presence;

import static io.eventstream.presence.PresenceFixtures.interest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventstream.api.ChannelPresence;
import io.eventstream.api.InvalidChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NodePresenceTest {

    private static final int LARGEST = 1 << 20;
    private static final Duration PAUSE = PresenceExchange.PAUSE;

    private final AtomicLong time = new AtomicLong();
    private final Node here = new Node(1, LARGEST);
    private final Node there = new Node(2, LARGEST);

    /** A node, and what it would tell. */
    private final class Node {

        final UUID id;
        final NodePresence presence;
        final PresenceExchange exchange;

        Node(int id, int largest, String... more) {
            this.id = new UUID(0, id);
            this.presence = PresenceFixtures.presence(
                    time::get, more.length > 0 ? more : new String[] {"eventstream.presence", "users"});
            this.exchange = presence.exchange(largest).orElseThrow();
        }

        Runnable add(String user, String... channels) {
            return presence.begins(interest(user, channels));
        }

        ChannelPresence of(String channel) {
            return presence.of(channel);
        }

        void hear(Node from, PresenceReport report) {
            exchange.heard(from.id);
            exchange.received(from.id, report);
        }
    }

    private void pass(Duration by) {
        time.addAndGet(by.toNanos());
    }

    /** One tells, the other hears. */
    private void tell(Node from, Node to) {
        from.exchange.due().forEach(report -> to.hear(from, report));
    }

    private static ChannelPresence presence(String channel, int count, String... users) {
        return new ChannelPresence(channel, count, Set.of(users));
    }

    @Nested
    class OnThisNode {

        @Test
        void countsEachStreamAndNamesEachUserOnce() {
            here.add("ann", "a", "b");
            Runnable end = here.add("ann", "a");
            here.add("", "a");
            assertThat(here.of("a")).isEqualTo(presence("a", 3, "ann"));

            end.run();
            assertThat(here.of("a")).isEqualTo(presence("a", 2, "ann"));
            assertThat(here.of("b")).isEqualTo(presence("b", 1, "ann"));
            assertThat(here.of("c")).isEqualTo(presence("c", 0));
        }

        @Test
        void namesNobodyWhereOnlyTheCountIsAskedFor() {
            var counting = new Node(3, LARGEST, "eventstream.presence", "count");
            counting.add("ann", "a");

            assertThat(counting.of("a")).isEqualTo(presence("a", 1));
        }

        @Test
        void namesAsManyUsersAsItMay() {
            var two = new Node(3, LARGEST, "eventstream.presence", "users", "eventstream.presence.max-users", "2");
            List.of("cid", "ann", "bob").forEach(user -> two.add(user, "a"));

            assertThat(two.of("a")).isEqualTo(presence("a", 3, "ann", "bob"));
        }

        @Test
        void isNotKnownWhereThatIsOff() {
            NodePresence off = PresenceFixtures.presence(time::get);

            assertThat(off.isWanted()).isFalse();
            assertThat(off.exchange(LARGEST)).isEmpty();
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> off.of("a"))
                    .withMessageContaining("eventstream.presence");
        }

        @Test
        void refusesWhatCannotBeAChannel() {
            assertThatExceptionOfType(InvalidChannelException.class).isThrownBy(() -> here.of(" "));
        }
    }

    @Nested
    class FromAnotherNode {

        @Test
        void isAddedUp() {
            here.add("ann", "a");
            there.add("ann", "a");
            there.add("bob", "a");
            tell(there, here);

            assertThat(here.of("a")).isEqualTo(presence("a", 3, "ann", "bob"));
            assertThat(there.of("a")).isEqualTo(presence("a", 2, "ann", "bob"));
        }

        @Test
        void isToldOfChangesAloneAndNotWithinAPause() {
            there.add("ann", "a");
            tell(there, here);
            Runnable end = there.add("bob", "b");
            assertThat(there.exchange.due()).isEmpty();

            pass(PAUSE);
            assertThat(there.exchange.due())
                    .containsExactly(new PresenceReport.Changes(3, List.of(presence("b", 1, "bob"))));
            end.run();
            pass(PAUSE);
            assertThat(there.exchange.due()).containsExactly(new PresenceReport.Changes(4, List.of(presence("b", 0))));
            pass(PAUSE);
            assertThat(there.exchange.due()).isEmpty();
        }

        @Test
        void isForgottenAfterALeaseWithoutAWord() {
            there.add("ann", "a");
            tell(there, here);
            pass(Duration.ofSeconds(15));
            assertThat(here.of("a").count()).isEqualTo(1);

            pass(Duration.ofMillis(1));
            assertThat(here.of("a").count()).isZero();
        }

        @Test
        void staysWhileTheNodeTellsAnything() {
            there.add("ann", "a");
            tell(there, here);
            pass(Duration.ofSeconds(15));
            here.exchange.heard(there.id);
            pass(Duration.ofSeconds(15));

            assertThat(here.of("a").count()).isEqualTo(1);
        }

        @Test
        void isForgottenWhenTheNodeSaysThatItIsGone() {
            there.add("ann", "a");
            List<PresenceReport> earlier = there.exchange.due();
            here.hear(there, there.exchange.farewell());
            earlier.forEach(report -> here.hear(there, report));

            assertThat(here.of("a").count()).isZero();
        }

        @Test
        void isNotReplacedByWhatIsOlderOrRepeated() {
            Runnable end = there.add("ann", "a");
            List<PresenceReport> older = there.exchange.due();
            end.run();
            pass(PAUSE);
            tell(there, here);
            older.forEach(report -> here.hear(there, report));
            assertThat(here.of("a").count()).isZero();

            there.add("bob", "a");
            pass(PAUSE);
            List<PresenceReport> again = there.exchange.due();
            again.forEach(report -> here.hear(there, report));
            again.forEach(report -> here.hear(there, report));
            assertThat(here.of("a").count()).isEqualTo(1);
        }

        @Test
        void isRepairedByTheNextRoundWhereItWasLost() {
            Runnable end = there.add("ann", "a");
            tell(there, here);
            end.run();
            there.add("bob", "b");
            pass(PAUSE);
            there.exchange.due(); // nobody hears it
            assertThat(here.of("a").count()).isEqualTo(1);

            pass(Duration.ofSeconds(5));
            tell(there, here);
            assertThat(here.of("a").count()).isZero();
            assertThat(here.of("b")).isEqualTo(presence("b", 1, "bob"));
        }

        @Test
        void isToldAtOnceToANodeThatIsNew() {
            there.add("ann", "a");
            tell(there, here);
            var third = new Node(3, LARGEST);
            there.exchange.heard(third.id);
            pass(PAUSE);
            tell(there, third);

            assertThat(third.of("a").count()).isEqualTo(1);
        }

        @Test
        void isToldInSectionsThatFitTheTransportAndThatRepairEachAlone() {
            var narrow = new Node(3, 4096);
            for (int i = 0; i < 100; i++) {
                narrow.add("u" + i, "channel-" + i);
            }
            tell(narrow, here);
            Runnable end = narrow.add("ann", "channel-5");
            pass(PAUSE);
            tell(narrow, here);
            end.run();
            pass(PAUSE);
            narrow.exchange.due(); // nobody hears that
            assertThat(here.of("channel-5").count()).isEqualTo(2);

            for (int i = 0; i < 40; i++) {
                pass(PAUSE);
                List<PresenceReport> reports = narrow.exchange.due();
                assertThat(reports)
                        .allSatisfy(report -> assertThat(report.channels()).hasSizeLessThan(50));
                reports.forEach(report -> here.hear(narrow, report));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(here.of("channel-" + i)).isEqualTo(presence("channel-" + i, 1, "u" + i));
            }
        }

        @Test
        void leavesOutNamesOfOneChannelThatDoNotFitTheTransportButCountsThem() {
            var narrow = new Node(3, 4096);
            for (int i = 0; i < 300; i++) {
                narrow.add("somebody-" + i, "a");
            }
            tell(narrow, here);

            assertThat(here.of("a").count()).isEqualTo(300);
            assertThat(here.of("a").users()).hasSizeBetween(100, 200);
        }

        @Test
        void takesSeveralPausesWhereManyChannelsChangeAtOnce() {
            tell(there, here);
            for (int i = 0; i < 20_000; i++) {
                there.add("", "channel-" + i);
            }
            pass(PAUSE);
            assertThat(there.exchange.due()).hasSizeBetween(16, 17);
            int pauses = 0;
            while (!there.exchange.due().isEmpty() || pauses == 0) {
                pass(PAUSE);
                pauses++;
                assertThat(pauses).isLessThan(100);
            }
        }
    }
}
