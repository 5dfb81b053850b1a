package io.eventstream.publish;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.InvalidChannelException;
import io.eventstream.api.Snapshot;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StreamEvent;
import io.eventstream.channel.ChannelFixtures;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.presence.PresenceFixtures;
import io.eventstream.spi.ChannelManager;
import io.eventstream.sse.SseFixtures;
import io.eventstream.storage.FakeStorage;
import io.eventstream.storage.StorageFixtures;
import io.eventstream.storage.StoredMessages;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventPublisherTest {

    private static final ChannelManager BUT_LIVE = new ChannelManager() {
        @Override
        public boolean isReliable(String channel) {
            return !channel.startsWith("live");
        }
    };

    private final FakeStorage storage = new FakeStorage();
    private final RecordingNodes nodes = new RecordingNodes();
    private final StoredMessages stored = StorageFixtures.stored(storage, nodes);
    private final FakeTransaction transaction = new FakeTransaction();
    private final EventPublisher publisher = publisher(config("eventstream.storage", "jpa"));

    @AfterEach
    void end() {
        stored.close();
    }

    private EventPublisher publisher(EventStreamConfig config) {
        var tasks = new ApplicationTasks() {
            @Override
            public Executor executor() {
                return Runnable::run;
            }
        };
        return new EventPublisher(
                new MessageEncoder(SseFixtures.encoder(), config),
                transaction,
                nodes,
                ChannelFixtures.access(config, BUT_LIVE),
                new ReliableMessages(stored, transaction, tasks),
                tasks,
                PresenceFixtures.presence(System::nanoTime, "eventstream.presence", "count"));
    }

    private static List<EventStreamMessage> messages(String... channels) {
        return Arrays.stream(channels)
                .map(channel -> EventStreamMessage.raw(channel, "message", "of " + channel))
                .toList();
    }

    @Nested
    class ManyMessages {

        @Test
        void areStoredInOneCallWhereTheirChannelsAreReliable() {
            List<StreamEvent> sent = publisher.publish(messages("a", "live", "b", "a"));

            assertThat(sent).extracting(StreamEvent::channel).containsExactly("a", "live", "b", "a");
            assertThat(sent)
                    .extracting(StreamEvent::id)
                    .containsExactly(OptionalLong.of(1), OptionalLong.empty(), OptionalLong.of(1), OptionalLong.of(2));
            assertThat(storage.batches()).containsExactly(List.of("of a", "of b", "of a"));
            assertThat(nodes.published()).containsExactly("live of live");
        }

        @Test
        void areNotSentAtAllWhereTheyAreNotStored() {
            List<EventStreamMessage> messages =
                    List.of(messages("live").get(0), EventStreamMessage.raw("a", "message", "refused"));

            assertThatExceptionOfType(StorageRefusedException.class).isThrownBy(() -> publisher.publish(messages));
            assertThat(nodes.published()).isEmpty();
        }

        @Test
        void needNoStorageWhereNoneIsReliable() {
            publisher.publish(messages("live", "live-2"));

            assertThat(storage.batches()).isEmpty();
            assertThat(nodes.published()).hasSize(2);
        }

        @Test
        void areNeverStoredWithoutAStorage() {
            List<StreamEvent> sent = publisher(config()).publish(messages("a"));

            assertThat(sent).extracting(StreamEvent::id).containsExactly(OptionalLong.empty());
            assertThat(storage.batches()).isEmpty();
        }
    }

    @Nested
    class TheCurrentId {

        @Test
        void hasTheReliableChannelsAlone() {
            publisher.publish(messages("h1", "h1", "a b", "live"));

            assertThat(publisher.currentId("h1", "none", "live", "a b")).hasToString("a%20b:1,h1:2,none:0");
        }

        @Test
        void isEmptyWhereNoneIsReliable() {
            assertThat(publisher.currentId("live").positions()).isEmpty();
            assertThat(publisher(config()).currentId("a").positions()).isEmpty();
        }

        @Test
        void isRefusedForWhatIsNoChannel() {
            assertThatExceptionOfType(InvalidChannelException.class).isThrownBy(() -> publisher.currentId("a", " "));
        }
    }

    @Nested
    class ASnapshot {

        /** What is sent between the two reads is repeated by the stream; the other way round it would be lost. */
        @Test
        void readsThePositionBeforeTheState() {
            publisher.publish(messages("a"));
            Snapshot<List<String>> snapshot = publisher.snapshot(List.of("a"), () -> {
                publisher.publish(messages("a"));
                return storage.data();
            });

            assertThat(snapshot.position()).hasToString("a:1");
            assertThat(snapshot.state()).containsExactly("of a", "of a");
        }
    }

    @Nested
    class AChangeOfAPermission {

        private static final String EVENT = "ann+b a%2Fb";

        @Test
        void isStoredForTheOtherNodesAndCheckedHereAtOnce() {
            publisher.permissionChanged("ann b", "a/b");

            assertThat(nodes.rechecked()).containsExactly("ann b a/b");
            assertThat(storage.data()).containsExactly(EVENT);
        }

        @Test
        void commitsWithTheTransactionInWhichItIsTold() {
            transaction.begin();
            publisher.permissionChanged("ann b", "a/b");
            assertThat(nodes.rechecked()).isEmpty();
            transaction.commit();

            assertThat(nodes.rechecked()).containsExactly("ann b a/b");
            await().untilAsserted(() -> assertThat(storage.data()).containsExactly(EVENT));
        }

        @Test
        void isNotStoredWithoutAStorage() {
            publisher(config()).permissionChanged("ann b", "a/b");

            assertThat(nodes.rechecked()).containsExactly("ann b a/b");
            assertThat(storage.batches()).isEmpty();
        }
    }

    @Test
    void sendsToUnreliableChannelsAfterTheCommitWithoutAnId() {
        transaction.begin();
        publisher.fired(messages("live").get(0));
        var stage = publisher.send(messages("live").get(0)).toCompletableFuture();
        assertThat(nodes.published()).isEmpty();
        transaction.commit();

        assertThat(stage.join().id()).isEmpty();
        assertThat(nodes.published()).hasSize(2);
    }
}
