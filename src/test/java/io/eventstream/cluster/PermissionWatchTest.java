package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.broadcast.VirtualNode;
import io.eventstream.channel.PermissionEvents;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStreamUser;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.MemoryStorage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermissionWatchTest {

    private static final String CHANNEL = PermissionEvents.CHANNEL;

    private final MemoryStorage storage = new MemoryStorage();
    private boolean fails;
    private volatile Runnable whileAsked = () -> {};
    private int asked;
    private final Permissions permissions = new Permissions() {
        @Override
        public boolean canRead(EventStreamUser user, String channel) {
            whileAsked.run();
            asked++;
            if (fails) {
                throw new IllegalStateException("as the test wants");
            }
            return super.canRead(user, channel);
        }
    };
    private final VirtualNode node = new VirtualNode(storage, permissions);
    private final PermissionWatch watch = new PermissionWatch(
            Optional.of(storage),
            new StorageMark(Optional.of(storage), System::nanoTime),
            Duration.ofSeconds(2),
            node.registry());

    @AfterEach
    void end() {
        node.close();
    }

    private VirtualNode.Client follow() {
        VirtualNode.Client client = node.connect("ann", "", "c");
        turn();
        asked = 0;
        return client;
    }

    private void turn() {
        watch.turn();
        node.pass(Duration.ZERO);
    }

    private void change() {
        storage.append(PermissionEvents.message(new ChannelPermissionChanged("ann", "c")));
    }

    @Test
    void asksOnceForEachChange() {
        VirtualNode.Client client = follow();
        change();
        turn();
        turn();

        assertThat(asked).isEqualTo(1);
        assertThat(client.hasEnded()).isFalse();
    }

    @Test
    void asksNobodyAndReadsNothingWhileNobodyListens() {
        change();
        turn();

        assertThat(asked).isZero();
        assertThat(storage.headReads()).isZero();
    }

    /** Between the answer to a new stream and the first look here nobody follows. */
    @Test
    void asksForEverybodyWhenTheFirstHasCome() {
        VirtualNode.Client client = node.connect("ann", "", "c");
        change();
        permissions.revoke("ann", "c");
        turn();

        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void asksForEverybodyWhereChangesArePurged() {
        VirtualNode.Client client = follow();
        permissions.revoke("ann", "c");
        change();
        change();
        storage.purge(CHANNEL, 2);
        turn();

        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void asksForEverybodyWhereTheStorageIsAnotherOne() {
        change();
        VirtualNode.Client client = follow();
        permissions.revoke("ann", "c");
        storage.replace();
        turn();

        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void asksForEverybodyWhereTheStorageWentBack() {
        change();
        VirtualNode.Client client = follow();
        permissions.revoke("ann", "c");
        storage.restore(CHANNEL, 0);
        turn();

        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void goesOnWhereItWasAfterAnOutage() {
        VirtualNode.Client client = follow();
        permissions.revoke("ann", "c");
        change();
        storage.breakDown();
        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(watch::turn);
        storage.recover();
        turn();

        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void passesOverWhatIsNoChange() {
        VirtualNode.Client client = follow();
        storage.append(new EncodedMessage(CHANNEL, "message", "hello", Set.of()));
        storage.append(new EncodedMessage(CHANNEL, "message", "a %zz", Set.of()));
        storage.append(new EncodedMessage(CHANNEL, "message", "a +", Set.of()));
        permissions.revoke("ann", "c");
        change();
        turn();

        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void asksForTheNextWhereTheManagerFails() {
        try (var log = LogEntries.of(PermissionWatch.class)) {
            VirtualNode.Client client = follow();
            fails = true;
            change();
            turn();
            fails = false;
            permissions.revoke("ann", "c");
            change();
            turn();

            assertThat(client.hasEnded()).isTrue();
            assertThat(log.entries()).containsExactly("SEVERE");
        }
    }

    @Test
    void readsALongListToItsEnd() {
        VirtualNode.Client client = follow();
        for (int i = 0; i < 250; i++) {
            storage.append(PermissionEvents.message(new ChannelPermissionChanged("bob", "c")));
        }
        permissions.revoke("ann", "c");
        change();
        turn();

        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void nobodyMayListenToThem() {
        ChannelBroadcasterRegistry registry = node.registry();
        VirtualNode.Client client = node.connect("ann", "", CHANNEL);
        registry.recheckAll();
        node.pass(Duration.ZERO);

        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void itsEndWaitsForWhatItAsksJustNow() throws InterruptedException {
        var asking = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        follow();
        change();
        whileAsked = () -> {
            asking.countDown();
            awaited(goOn);
        };
        watch.start(Thread::new);
        watch.look();
        asking.await();
        Thread closing = new Thread(() -> watch.close(Duration.ofMinutes(1)));
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        closing.join();
        assertThat(asked).isEqualTo(1);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
