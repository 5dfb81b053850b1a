package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.testing.LogEntries;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("the log of the queue's door")
class QueueDoorTest {

    private static final StorageUnavailableException DOWN = new StorageUnavailableException("Down", null);

    private final List<Object> sent = new ArrayList<>();
    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private final AtomicLong clock = new AtomicLong();
    private final CountDownLatch end = new CountDownLatch(1);
    private final QueueDoor door = new QueueDoor(this::send, Duration.ofSeconds(60), clock::get, end);

    private void send(EventStreamMessage message) {
        clock.addAndGet(Duration.ofSeconds(20).toNanos());
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        sent.add(message.data());
    }

    private void take(String id, String data) {
        door.take(id, QueueTexts.text("a", "message", data));
    }

    @Test
    void sendsWhatComes() {
        take("1", "a");
        take("2", "b");
        take("", "c");
        take("", "d");

        assertThat(sent).containsExactly("a", "b", "c", "d");
    }

    @Test
    void sendsWhatComesAgainOnlyOnce() {
        take("1", "a");
        take("1", "a");

        assertThat(sent).containsExactly("a");
    }

    @Test
    void triesAgainWhatTheStorageDoesNotTake() {
        failures.add(DOWN);
        failures.add(new SendOutcomeUnknownException(new IllegalStateException("lost")));

        take("1", "a");

        assertThat(sent).containsExactly("a");
    }

    @Test
    void givesBackWhatTheStorageDoesNotTakeForLongAndTakesItWhenItComesAgain() {
        var refused = new StorageRefusedException("Full", null);
        failures.addAll(List.of(refused, refused, refused, refused));

        assertThatExceptionOfType(StorageRefusedException.class).isThrownBy(() -> take("1", "a"));
        assertThat(failures).isEmpty();
        take("1", "a");

        assertThat(sent).containsExactly("a");
    }

    @Test
    void givesItBackAtTheEnd() {
        failures.add(DOWN);
        end.countDown();

        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> take("1", "a"));
    }

    @Test
    void dropsWhatCannotBeSentAndSaysSoOnceAMinute() {
        try (var log = LogEntries.of(QueueDoor.class)) {
            failures.add(new DataTooLargeException("a", 2, 1));
            take("1", "large");
            door.take("2", "hello");
            door.take("3", QueueTexts.text(" ", "message", "a"));
            clock.addAndGet(Duration.ofMinutes(1).toNanos());
            door.take("4", "");
            take("5", "good");

            assertThat(log.entries()).containsExactly("WARNING", "WARNING");
            assertThat(log.messages().get(0))
                    .startsWith("Messages of the queue that were dropped: 1. The last one: The data of a message for"
                            + " the channel \"a\" has 2 bytes");
            assertThat(log.messages().get(1)).endsWith("dropped: 3. The last one: not a message of ours");
        }
        assertThat(sent).containsExactly("good");
    }
}
