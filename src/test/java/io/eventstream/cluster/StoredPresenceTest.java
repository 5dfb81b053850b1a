package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.ChannelPresence;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.channel.PresenceEvents;
import io.eventstream.spi.Appended;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.MemoryStorage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD) // its tests listen to one logger
class StoredPresenceTest {

    private static final String CHANNEL = PresenceEvents.CHANNEL;

    private final AtomicLong time = new AtomicLong();
    private final MemoryStorage storage = new MemoryStorage();
    private final StoredPresenceNode here = new StoredPresenceNode(storage, time::get);
    private final StoredPresenceNode there = new StoredPresenceNode(storage, time::get);

    /** Each node has its turn once a second. */
    private void pass(int seconds, StoredPresenceNode... nodes) {
        for (int i = 0; i < seconds; i++) {
            time.addAndGet(StoredPresence.PAUSE.toNanos());
            List.of(nodes).forEach(StoredPresenceNode::turn);
        }
    }

    private void pass(int seconds) {
        pass(seconds, here, there);
    }

    private static ChannelPresence presence(int count, String... users) {
        return new ChannelPresence("a", count, Set.of(users));
    }

    private long stored() {
        return storage.heads(List.of(CHANNEL)).get(CHANNEL).newest();
    }

    @Test
    void isKnownOnEachNodeAfterATurnOfBoth() {
        pass(2);
        Runnable end = here.comes("ann", "a");
        there.comes("bob", "a", "b");
        there.comes("", "a");
        pass(2);
        assertThat(here.of("a")).isEqualTo(presence(3, "ann", "bob"));
        assertThat(there.of("a")).isEqualTo(presence(3, "ann", "bob"));

        end.run();
        pass(2);
        assertThat(there.of("a")).isEqualTo(presence(2, "bob"));
    }

    @Test
    void isToldAtOnceToANodeThatIsNewAndHasReadNothingOld() {
        here.comes("ann", "a");
        pass(30);
        storage.purge(CHANNEL, stored());
        var third = new StoredPresenceNode(storage, time::get);
        pass(3, here, there, third);

        assertThat(third.of("a")).isEqualTo(presence(1, "ann"));
    }

    @Test
    void costsOneRowInFiveSecondsAndOneLookASecondWhereNothingHappens() {
        here.comes("ann", "a");
        pass(10);
        long before = stored();
        int looks = storage.headReads();
        pass(60);

        assertThat(stored() - before).isEqualTo(2 * 60 / 5);
        assertThat(storage.headReads() - looks).isEqualTo(2 * 60 + 1); // one is the test's
    }

    @Test
    void ofManyChannelsIsRepeatedInPartsThatCostNoMoreRowsAndToldAtOnceToANewNode() {
        for (int i = 0; i < 3_000; i++) {
            here.comes("", "channel-" + i);
        }
        pass(30);
        long before = stored();
        pass(60);
        assertThat(stored() - before).isEqualTo(2 * 60 / 5);

        var third = new StoredPresenceNode(storage, time::get);
        pass(30, here, there, third);
        for (int i = 0; i < 3_000; i++) {
            assertThat(third.of("channel-" + i).count()).isEqualTo(1);
        }
    }

    @Test
    void ofANodeThatWasStoppedIsForgottenAtOnceAndOfOneThatWasKilledAfterALease() {
        here.comes("ann", "a");
        there.comes("bob", "a");
        var third = new StoredPresenceNode(storage, time::get);
        pass(3, here, there, third);
        assertThat(third.of("a")).isEqualTo(presence(2, "ann", "bob"));

        here.leave();
        pass(1, third);
        assertThat(third.of("a")).isEqualTo(presence(1, "bob"));

        pass(16, third);
        assertThat(third.of("a")).isEqualTo(presence(0));
    }

    @Test
    void ofANodeThatStoodStillIsToldAgainToThoseWhoForgotIt() {
        here.comes("ann", "a");
        for (int i = 0; i < 3_000; i++) {
            here.comes("", "channel-" + i);
        }
        pass(30);
        pass(20, there);
        assertThat(there.of("a").count()).isZero();

        pass(30);
        assertThat(there.of("a")).isEqualTo(presence(1, "ann"));
        assertThat(there.of("channel-999").count()).isEqualTo(1);
    }

    @Test
    void isToldAfterAnOutageOfTheStorage() {
        here.comes("ann", "a");
        pass(3);
        Runnable end = here.comes("bob", "a");
        storage.breakDown();
        pass(20);
        assertThat(there.of("a").count()).isZero();
        end.run();
        here.comes("cid", "a");
        storage.recover();
        pass(3);

        assertThat(there.of("a")).isEqualTo(presence(2, "ann", "cid"));
    }

    @Test
    void goesOnWhereTheStorageLostItsNewestEventsOrIsAnotherOne() {
        here.comes("ann", "a");
        pass(10);
        storage.restore(CHANNEL, 2);
        here.comes("bob", "a");
        pass(7);
        assertThat(there.of("a")).isEqualTo(presence(2, "ann", "bob"));

        storage.replace();
        here.comes("cid", "a");
        pass(7);
        assertThat(there.of("a")).isEqualTo(presence(3, "ann", "bob", "cid"));
    }

    @Test
    void goesOnAfterAGap() {
        pass(3);
        here.comes("ann", "a");
        pass(3, here);
        storage.purge(CHANNEL, stored());
        pass(7);

        assertThat(there.of("a")).isEqualTo(presence(1, "ann"));
    }

    @Test
    void passesOverWhatIsNotOfANodeAndTellsThatOnceAMinute() {
        try (var log = LogEntries.of(StoredPresence.class)) {
            pass(2);
            storage.append(PresenceEvents.message("{}"));
            storage.append(PresenceEvents.message("hello"));
            here.comes("ann", "a");
            pass(2, here, there);

            assertThat(there.of("a")).isEqualTo(presence(1, "ann"));
            assertThat(log.entries()).containsExactly("WARNING", "WARNING"); // of each node one
        }
    }

    @Test
    void saysThatTheStorageRefusesItAndGoesOn() {
        var refusing = new RefusingStorage(storage);
        var refused = new StoredPresenceNode(refusing, time::get);
        try (var log = LogEntries.of(StoredPresence.class)) {
            refusing.refuses = true;
            refused.comes("ann", "a");
            pass(3, refused, there);
            refusing.refuses = false;
            pass(7, refused, there);

            assertThat(there.of("a")).isEqualTo(presence(1, "ann"));
            assertThat(log.entries()).containsExactly("WARNING");
        }
    }

    /** A storage that works, but does not take what it is told. */
    private static final class RefusingStorage implements EventStorage {

        private final MemoryStorage storage;
        private boolean refuses;

        RefusingStorage(MemoryStorage storage) {
            this.storage = storage;
        }

        @Override
        public Appended append(List<EncodedMessage> messages) {
            if (refuses) {
                throw new StorageRefusedException("Too large", null);
            }
            return storage.append(messages);
        }

        @Override
        public StorageIdentity identity() {
            return storage.identity();
        }

        @Override
        public StorageIdentity raiseGeneration(long atLeast) {
            return storage.raiseGeneration(atLeast);
        }

        @Override
        public Map<String, ChannelHead> heads(Collection<String> channels) {
            return storage.heads(channels);
        }

        @Override
        public List<StoredEvent> after(String channel, long position, int limit) {
            return storage.after(channel, position, limit);
        }

        @Override
        public long purge(Retention retention) {
            return storage.purge(retention);
        }
    }
}
