package io.eventstream.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class CommitStageTest {

    private static final String REFUSAL = "This completes after the commit of the transaction that this thread is in";

    private final CommitStage<String> stage = new CommitStage<>(Runnable::run);

    @Nested
    class BeforeTheCommit {

        @Test
        void refusesToBeWaitedForOnTheThreadThatWillCommit() {
            refused(stage);
        }

        @ParameterizedTest
        @MethodSource("io.eventstream.publish.CommitStageTest#dependents")
        void refusesTheSameOfWhatDependsOnIt(UnaryOperator<CompletionStage<String>> dependent) {
            refused(dependent.apply(stage).toCompletableFuture());
        }

        @Test
        void letsAnyOtherThreadWait() throws Exception {
            var waiting = new FutureTask<>(stage::join);
            var waitingWithLimit = new FutureTask<>(() -> stage.get(10, TimeUnit.SECONDS));
            new Thread(waiting).start();
            new Thread(waitingWithLimit).start();

            stage.complete("sent");

            assertThat(waiting.get()).isEqualTo("sent");
            assertThat(waitingWithLimit.get()).isEqualTo("sent");
        }

        @Test
        void tellsWithoutWaitingThatItIsNotDone() {
            assertThat(stage.isDone()).isFalse();
            assertThat(stage.getNow("not yet")).isEqualTo("not yet");
        }
    }

    @Nested
    class AfterTheCommit {

        @Test
        void letsTheThreadThatCommittedWaitForTheOutcome() {
            CompletableFuture<String> after = stage.thenApply(sent -> sent + " on");
            stage.transactionEnded();
            new Thread(() -> stage.complete("sent")).start();

            assertThat(stage.join()).isEqualTo("sent");
            assertThat(after.join()).isEqualTo("sent on");
        }

        @Test
        void hasItsResultOnEveryThread() throws Exception {
            stage.complete("sent");

            assertThat(stage.join()).isEqualTo("sent");
            assertThat(stage.get()).isEqualTo("sent");
            assertThat(stage.get(0, TimeUnit.SECONDS)).isEqualTo("sent");
        }

        @ParameterizedTest
        @MethodSource("io.eventstream.publish.CommitStageTest#dependents")
        void letsTheThreadThatCommittedWaitForWhatDependsOnIt(UnaryOperator<CompletionStage<String>> dependent) {
            CompletableFuture<String> after = dependent.apply(stage).toCompletableFuture();
            stage.complete("sent");

            assertThat(after.join()).isEqualTo("sent");
        }

        @Test
        void letsItWaitForWorkThatGoesOnElsewhere() {
            var shown = new CompletableFuture<String>();
            CompletableFuture<String> working = stage.thenCombine(shown, (sent, then) -> sent + then);
            stage.complete("sent");

            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> working.get(1, TimeUnit.MILLISECONDS));
            shown.complete(" and shown");
            assertThat(working.join()).isEqualTo("sent and shown");
        }
    }

    static Stream<UnaryOperator<CompletionStage<String>>> dependents() {
        return Stream.of(
                stage -> stage.thenApply(sent -> sent),
                stage -> stage.thenApplyAsync(sent -> sent),
                stage -> stage.thenCompose(CompletableFuture::completedFuture),
                stage -> stage.handle((sent, failure) -> sent),
                stage -> stage.whenComplete((sent, failure) -> {}),
                stage -> stage.thenApply(sent -> sent).thenApply(sent -> sent),
                stage -> stage.toCompletableFuture().copy());
    }

    private static void refused(CompletableFuture<?> future) {
        assertThatIllegalStateException().isThrownBy(future::join).withMessageStartingWith(REFUSAL);
        assertThatIllegalStateException().isThrownBy(future::get).withMessageStartingWith(REFUSAL);
        assertThatIllegalStateException()
                .isThrownBy(() -> future.get(1, TimeUnit.SECONDS))
                .withMessageStartingWith(REFUSAL);
    }
}
