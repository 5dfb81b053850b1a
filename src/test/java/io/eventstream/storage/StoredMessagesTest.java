package io.eventstream.storage;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventstream.api.StorageUnavailableException;
import io.eventstream.server.ServerThreads;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.LogEntries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StoredMessagesTest {

    private final FakeStorage storage = new FakeStorage();
    private final List<StoredEvent> received = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ChannelRetention retention = new ChannelRetention(config().storage());
    private final StoredMessages messages =
            new StoredMessages(Optional.of(storage), received::addAll, config(), retention, new ServerThreads() {
                @Override
                public Thread newThread(Runnable run) {
                    threads.add(new Thread(run));
                    return threads.get(threads.size() - 1);
                }
            });

    @AfterEach
    void end() {
        storage.release();
        messages.close();
    }

    private static EncodedMessage message(String data) {
        return new EncodedMessage("c", "message", data, Set.of());
    }

    @Test
    void numbersMessagesThatWereJoinedFirst() {
        messages.start();
        long key = messages.join(message("joined"));
        var appended = messages.append(List.of(message("1"), message("2")));

        assertThat(appended.join()).extracting(StoredEvent::number).containsExactly(2L, 3L);
        assertThat(messages.committed("c", key).join()).isEqualTo(1);
        assertThat(received).extracting(StoredEvent::data).startsWith("joined", "1", "2");
    }

    @Test
    void goOnWhereSubscribersFail() {
        try (var log = LogEntries.of(StoredMessages.class)) {
            var failing = StorageFixtures.stored(storage, events -> {
                throw new IllegalStateException("as the test wants");
            });
            failing.append(List.of(message("1"))).join();
            failing.committed("c", failing.join(message("2"))).join();
            failing.close();

            assertThat(log.entries()).containsExactly("SEVERE", "SEVERE");
        }
    }

    @Test
    void knowTheNewestOfEachChannel() {
        messages.append(List.of(message("1"), message("2"))).join();

        assertThat(messages.newest(Set.of("c", "none"))).isEqualTo(Map.of("c", 2L, "none", 0L));
    }

    @Test
    void areAllStoredWhenTheApplicationEnds() {
        messages.start();
        storage.hold();
        messages.append(List.of(message("1")));
        storage.awaitCall();
        var second = messages.append(List.of(message("2")));
        new Thread(storage::release).start();
        messages.end("ended");

        assertThat(second).isDone();
        assertThat(threads).hasSize(3).noneMatch(Thread::isAlive);
        assertThatThrownBy(() -> messages.append(List.of(message("3"))).join())
                .hasCauseInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void areNoneWithoutAStorage() {
        var none = new StoredMessages(Optional.empty(), received::addAll, config(), retention, new ServerThreads());
        none.start();
        none.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> none.append(List.of(message("1"))))
                .withMessage("There is no storage: eventstream.storage = none");
    }
}
