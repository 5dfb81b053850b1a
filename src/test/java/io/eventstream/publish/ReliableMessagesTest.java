package io.eventstream.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.SendRolledBackException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.api.StreamEvent;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.storage.FakeStorage;
import io.eventstream.storage.StorageFixtures;
import io.eventstream.storage.StoredMessages;
import io.eventstream.testing.LogEntries;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ResourceLock(LogEntries.OF_OUTAGES)
@Timeout(value = 30, unit = TimeUnit.SECONDS)
@Execution(ExecutionMode.SAME_THREAD) // its tests listen to one logger
class ReliableMessagesTest {

    private final FakeStorage storage = new FakeStorage();
    private final List<StoredEvent> received = new CopyOnWriteArrayList<>();
    private final StoredMessages stored = StorageFixtures.stored(storage, received::addAll);
    private final FakeTransaction transaction = new FakeTransaction();
    private final ReliableMessages messages = new ReliableMessages(stored, transaction, new ApplicationTasks() {
        @Override
        public Executor executor() {
            return task -> new Thread(task, "application").start();
        }
    });

    @AfterEach
    void end() {
        storage.release();
        stored.close();
    }

    private static EncodedMessage message(String data) {
        return new EncodedMessage("c", "message", data, Set.of());
    }

    private List<String> delivered() {
        return received.stream().map(StoredEvent::data).toList();
    }

    @Nested
    class WithoutATransaction {

        @Test
        void areStoredWhenFireReturns() {
            messages.fire(message("1"));

            assertThat(storage.data()).containsExactly("1");
            assertThat(delivered()).containsExactly("1");
        }

        @Test
        void areSentWithTheirIds() {
            messages.fire(message("1"));

            assertThat(messages.send(message("2")).join())
                    .isEqualTo(new StreamEvent("c", OptionalLong.of(2), "message", "2"));
        }

        @Test
        void throwAtWhoFiresWhatTheStorageSays() {
            assertThatExceptionOfType(StorageUnavailableException.class)
                    .isThrownBy(() -> messages.fire(message("down")));
            assertThatExceptionOfType(StorageRefusedException.class)
                    .isThrownBy(() -> messages.fire(message("refused")));
            assertThatExceptionOfType(SendOutcomeUnknownException.class)
                    .isThrownBy(() -> messages.fire(message("unknown")));
        }

        @Test
        void tellWhoSendsWhatTheStorageSays() {
            assertThatThrownBy(messages.send(message("down"))::join)
                    .hasCauseInstanceOf(StorageUnavailableException.class);
        }

        @Test
        void areStoredTogetherOrNotAtAll() {
            assertThat(messages.store(List.of(message("1"), message("2"))))
                    .extracting(StreamEvent::id)
                    .containsExactly(OptionalLong.of(1), OptionalLong.of(2));
            assertThatExceptionOfType(StorageRefusedException.class)
                    .isThrownBy(() -> messages.store(List.of(message("3"), message("refused"))));

            assertThat(storage.batches()).containsExactly(List.of("1", "2"));
        }
    }

    @Nested
    class InATransaction {

        @Test
        void areWrittenAtOnceAndNumberedAfterTheCommit() {
            transaction.begin();
            var stage = messages.send(message("1"));
            messages.fire(message("2"));
            assertThat(storage.unnumbered()).containsExactly("c");
            assertThat(stage).isNotDone();
            transaction.commit();

            assertThat(stage.join().id()).hasValue(1);
            await().untilAsserted(() -> assertThat(delivered()).contains("1", "2"));
            assertThat(storage.data()).containsExactly("1", "2");
        }

        @Test
        void areNotWaitedForByTheOneWhoHasToCommit() {
            transaction.begin();

            assertThatIllegalStateException().isThrownBy(messages.send(message("1"))::join);
        }

        @Test
        void areNotSentAfterARollback() {
            transaction.begin();
            var stage = messages.send(message("gone"));
            messages.fire(message("gone"));
            storage.rollBack("gone");
            transaction.rollBack();

            assertThatThrownBy(stage::join).hasCauseInstanceOf(SendRolledBackException.class);
            messages.fire(message("next"));
            assertThat(delivered()).containsExactly("next");
        }

        @Test
        void areRefusedWhereItCanOnlyBeRolledBack() {
            transaction.doom();
            messages.fire(message("gone"));

            assertThatThrownBy(messages.send(message("gone"))::join).hasCauseInstanceOf(SendRolledBackException.class);
            assertThat(storage.unnumbered()).isEmpty();
        }

        @Test
        void failWithTheStatementThatWritesThem() {
            transaction.begin();
            storage.fail(new StorageUnavailableException("Down", null));

            assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> messages.fire(message("1")));
            assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> messages.send(message("2")));
        }
    }

    @Nested
    class InATransactionThatTheStorageKnowsNothingOf {

        @Test
        void areAppendedInOrderAfterTheCommit() {
            storage.joinsNothing();
            transaction.begin();
            messages.fire(message("1"));
            var stage = messages.send(message("2"));
            assertThat(storage.data()).isEmpty();
            transaction.commit();

            assertThat(stage.join().id()).hasValue(2);
            assertThat(delivered()).containsExactly("1", "2");
        }

        @Test
        void areAnErrorOfTheLogWhereThatFails() {
            try (var log = LogEntries.of(ReliableMessages.class)) {
                storage.joinsNothing();
                transaction.begin();
                messages.fire(message("down"));
                transaction.commit();

                await().untilAsserted(() -> assertThat(log.entries()).containsExactly("SEVERE"));
            }
        }
    }

    @Nested
    class WhileATransactionEnds {

        @Test
        void areStoredByAnotherThread() {
            transaction.end();
            storage.hold();
            messages.fire(message("1"));
            assertThat(storage.data()).isEmpty();
            storage.release();

            await().untilAsserted(() -> assertThat(delivered()).containsExactly("1"));
        }

        @Test
        void areAnErrorOfTheLogWhereThatFails() {
            try (var log = LogEntries.of(ReliableMessages.class)) {
                transaction.end();
                messages.fire(message("down"));

                await().untilAsserted(() -> assertThat(log.entries()).containsExactly("SEVERE"));
            }
        }
    }

    @Nested
    class WhatHangsOnTheirOutcome {

        @ParameterizedTest
        @MethodSource("io.eventstream.publish.ReliableMessagesTest#dependents")
        void runsOnAThreadOfTheApplications(UnaryOperator<CompletableFuture<?>> dependent) {
            storage.hold();
            var stage = messages.send(message("1")).thenApply(event -> Thread.currentThread());
            var other = dependent.apply(messages.send(message("2")));
            storage.release();

            assertThat(stage.join().getName()).isEqualTo("application");
            assertThat(other.join()).isEqualTo("application");
        }
    }

    static Stream<UnaryOperator<CompletableFuture<?>>> dependents() {
        var done = CompletableFuture.completedFuture(1);
        return Stream.of(
                stage -> stage.thenApply(x -> name()),
                stage -> stage.thenCombine(done, (x, y) -> name()),
                stage -> stage.handle((x, failure) -> name()),
                stage -> stage.thenCompose(x -> CompletableFuture.completedFuture(name())),
                stage -> stage.thenApplyAsync(x -> name()),
                stage -> named(name -> stage.thenAccept(x -> name.complete(name()))),
                stage -> named(name -> stage.thenRun(() -> name.complete(name()))),
                stage -> named(name -> stage.thenAcceptBoth(done, (x, y) -> name.complete(name()))),
                stage -> named(name -> stage.runAfterBoth(done, () -> name.complete(name()))),
                stage -> named(name -> stage.runAfterEither(stage, () -> name.complete(name()))),
                stage -> named(name -> stage.whenComplete((x, failure) -> name.complete(name()))),
                stage -> stage.thenApply(x -> failing()).exceptionally(failure -> name()),
                stage -> stage.thenApply(x -> failing())
                        .exceptionallyCompose(failure -> CompletableFuture.completedFuture(name())),
                stage -> stage.thenRun(() -> {}).thenApply(x -> name()));
    }

    private static String name() {
        return Thread.currentThread().getName();
    }

    private static String failing() {
        throw new IllegalStateException("as the test wants");
    }

    private static CompletableFuture<String> named(Consumer<CompletableFuture<String>> hang) {
        var name = new CompletableFuture<String>();
        hang.accept(name);
        return name;
    }
}
