package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.LogEntries;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
@Execution(ExecutionMode.SAME_THREAD) // its tests listen to one logger
@ResourceLock(LogEntries.OF_OUTAGES)
class NumbererTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final FakeStorage storage = new FakeStorage();
    private final List<StoredEvent> received = new CopyOnWriteArrayList<>();
    private Numberer numberer =
            new Numberer(storage, received::addAll, Thread::new, NEVER, new Outage(System::nanoTime));

    @AfterEach
    void end() throws Exception {
        storage.release();
        numberer.close();
        numberer.awaitEnd(NEVER);
    }

    private Numberer polling() {
        numberer = new Numberer(
                storage, received::addAll, Thread::new, Duration.ofMillis(10), new Outage(System::nanoTime));
        numberer.start();
        return numberer;
    }

    private static EncodedMessage message(String channel, String data) {
        return new EncodedMessage(channel, "message", data, Set.of());
    }

    private CompletableFuture<Long> commit(String channel, String data) {
        return numberer.committed(channel, storage.join(message(channel, data)));
    }

    @Nested
    class AfterACommit {

        @Test
        void numbersTheMessageAndHandsItOnBeforeItTellsTheSender() {
            numberer.start();
            List<StoredEvent> seen =
                    commit("c", "1").thenApply(number -> List.copyOf(received)).join();

            assertThat(seen).extracting(StoredEvent::number).containsExactly(1L);
        }

        @Test
        void numbersWithOneCallWhatGatheredMeanwhile() {
            storage.hold();
            numberer.start();
            commit("a", "1");
            storage.awaitCall();
            var results = List.of(commit("b", "2"), commit("c", "3"), commit("b", "4"));
            storage.release();
            results.forEach(CompletableFuture::join);

            assertThat(storage.numberings()).hasSize(2);
            assertThat(results.get(2).join()).isEqualTo(2);
        }

        @Test
        void goesOnUntilNothingIsLeft() {
            IntStream.range(0, 2500).forEach(i -> storage.join(message("c", "x")));
            numberer.start();

            assertThat(commit("c", "last").join()).isEqualTo(2501);
            assertThat(received).extracting(StoredEvent::number).isSorted().hasSize(2501);
        }

        @Test
        void readsWhatAnotherNodeHasNumbered() {
            long first = storage.join(message("c", "1"));
            long second = storage.join(message("c", "2"));
            storage.numberElsewhere("c");
            numberer.start();
            var two = numberer.committed("c", second);
            var one = numberer.committed("c", first);

            assertThat(one.join()).isEqualTo(1);
            assertThat(two.join()).isEqualTo(2);
            assertThat(received).extracting(StoredEvent::data).contains("1", "2");
        }

        @Test
        void believesWhatAGroupCommitHasNumberedAlong() {
            var result = commit("c", "1");
            numberer.numbered(storage.number(Set.of("c"), 10));

            assertThat(result.join()).isEqualTo(1);
        }

        @Test
        void tellsThatAMessageIsGoneOnlyAfterASecondLook() {
            polling();
            var gone = numberer.committed("c", 17);

            assertThatThrownBy(gone::join)
                    .hasCauseInstanceOf(SendOutcomeUnknownException.class)
                    .hasRootCauseMessage("The storage does not have the message any more; its time is over,"
                            + " or its transaction did not commit");
        }
    }

    @Nested
    class WithEachPoll {

        @Test
        void numbersWhatACrashLeft() {
            storage.join(message("left", "1"));
            polling();

            await().untilAsserted(() ->
                    assertThat(received).extracting(StoredEvent::data).containsExactly("1"));
        }
    }

    @Nested
    class WhileTheStorageIsDown {

        @Test
        void triesUntilItWorksAndTellsTheOperatorOnceEach() {
            try (var log = LogEntries.of(Outage.class)) {
                polling();
                var result = commit("c", "1");
                result.join();
                long key = storage.join(message("c", "2"));
                storage.fail(new StorageUnavailableException("Down", null));
                var late = numberer.committed("c", key);
                await().until(() -> log.entries().contains("WARNING"));
                storage.recover();
                assertThat(late.join()).isEqualTo(2);
                await().until(() -> log.entries().contains("INFO"));

                assertThat(log.entries()).containsExactly("WARNING", "INFO");
            }
        }
    }

    @Nested
    class AtTheEnd {

        @Test
        void numbersWhatHasCommitted() throws Exception {
            storage.hold();
            numberer.start();
            var first = commit("c", "1");
            storage.awaitCall();
            var second = commit("c", "2");
            numberer.close();
            storage.release();
            numberer.awaitEnd(NEVER);

            assertThat(first.join()).isEqualTo(1);
            assertThat(second.join()).isEqualTo(2);
        }

        @Test
        void tellsWhomItCannotTellANumber() throws Exception {
            storage.fail(new StorageUnavailableException("Down", null));
            numberer.start();
            var waiting = numberer.committed("c", 1);
            numberer.close();
            numberer.awaitEnd(NEVER);
            var late = numberer.committed("c", 2);

            assertThatThrownBy(waiting::join).hasCauseInstanceOf(SendOutcomeUnknownException.class);
            assertThatThrownBy(late::join).hasCauseInstanceOf(SendOutcomeUnknownException.class);
        }
    }
}
