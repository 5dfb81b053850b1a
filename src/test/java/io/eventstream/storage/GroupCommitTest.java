package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.spi.Appended;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.LogEntries;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(LogEntries.OF_OUTAGES)
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class GroupCommitTest {

    private final FakeStorage storage = new FakeStorage();
    private final List<Appended> stored = new CopyOnWriteArrayList<>();
    private final GroupCommit commits =
            new GroupCommit(storage, Thread::new, stored::add, new Outage(System::nanoTime)::failed);

    @AfterEach
    void end() {
        storage.release();
        commits.close();
    }

    private static List<EncodedMessage> messages(String... data) {
        List<EncodedMessage> messages = new ArrayList<>();
        for (String text : data) {
            messages.add(new EncodedMessage("c", "message", text, Set.of()));
        }
        return messages;
    }

    private static List<String> data(CompletableFuture<List<StoredEvent>> result) {
        return result.join().stream().map(StoredEvent::data).toList();
    }

    @Test
    void storesWhatGatheredMeanwhileWithOneCommit() {
        storage.hold();
        var first = commits.append(messages("1"));
        storage.awaitCall();
        var second = commits.append(messages("2", "3"));
        var third = commits.append(messages("4"));
        storage.release();

        assertThat(data(first)).containsExactly("1");
        assertThat(data(second)).containsExactly("2", "3");
        assertThat(data(third)).containsExactly("4");
        assertThat(storage.batches()).containsExactly(List.of("1"), List.of("2", "3", "4"));
    }

    @Test
    void handsOnWhatWasNumberedBeforeItTellsTheSenders() {
        var result = commits.append(messages("1"));

        var seen = result.thenApply(events -> List.copyOf(stored)).join();

        assertThat(seen).hasSize(1);
    }

    @Test
    void letsAMessageThatIsRefusedFailAlone() {
        storage.hold();
        commits.append(messages("first"));
        storage.awaitCall();
        var good = commits.append(messages("good"));
        var bad = commits.append(messages("fine", "refused"));
        var alsoGood = commits.append(messages("also good"));
        storage.release();

        assertThat(data(good)).containsExactly("good");
        assertThat(data(alsoGood)).containsExactly("also good");
        assertThatThrownBy(bad::join).hasCauseInstanceOf(StorageRefusedException.class);
        assertThat(storage.batches()).doesNotContain(List.of("fine", "refused"));
    }

    @Test
    void tellsEverybodyOfABatchWhenNobodyKnows() {
        storage.hold();
        commits.append(messages("first"));
        storage.awaitCall();
        var one = commits.append(messages("unknown"));
        var other = commits.append(messages("other"));
        storage.release();

        assertThatThrownBy(one::join).hasCauseInstanceOf(SendOutcomeUnknownException.class);
        assertThatThrownBy(other::join).hasCauseInstanceOf(SendOutcomeUnknownException.class);
    }

    @Test
    void goesOnAfterAFailure() {
        assertThatThrownBy(() -> commits.append(messages("down")).join())
                .hasCauseInstanceOf(StorageUnavailableException.class);

        assertThat(data(commits.append(messages("up again")))).containsExactly("up again");
    }

    @Test
    void refusesMoreThanMayWait() {
        storage.hold();
        commits.append(messages("first"));
        storage.awaitCall();
        var many = messages(IntStream.range(0, 100_000).mapToObj(i -> "x").toArray(String[]::new));
        var last = commits.append(many);

        assertThatThrownBy(() -> commits.append(messages("too many")).join())
                .hasCauseInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("100000");
        storage.release();

        assertThat(last.join()).hasSize(100_000);
    }

    @Test
    void storesWhatWaitsWhenItIsClosedAndTakesNothingMore() {
        storage.hold();
        var first = commits.append(messages("1"));
        storage.awaitCall();
        var second = commits.append(messages("2"));
        commits.close();

        assertThatThrownBy(() -> commits.append(messages("3")).join())
                .hasCauseInstanceOf(StorageUnavailableException.class);
        storage.release();

        assertThat(data(first)).containsExactly("1");
        assertThat(data(second)).containsExactly("2");
    }

    @Test
    void loosesNothingOfManySenders() throws Exception {
        int senders = 16;
        var done = new CountDownLatch(senders);
        List<CompletableFuture<List<StoredEvent>>> results = new CopyOnWriteArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            String name = "s" + sender;
            new Thread(() -> {
                        for (int i = 0; i < 200; i++) {
                            var result = commits.append(messages(name + "/" + i));
                            results.add(result);
                            result.join();
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(results.stream().flatMap(result -> result.join().stream()).map(StoredEvent::number))
                .hasSize(3200)
                .doesNotHaveDuplicates();
    }
}
