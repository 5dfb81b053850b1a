package io.eventstream.storage;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.testing.LogEntries;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.SAME_THREAD) // its tests listen to one logger
class PurgerTest {

    private final FakeStorage storage = new FakeStorage();
    private final Purger purger = new Purger(
            storage,
            new ChannelRetention(config("eventstream.storage.retention", "PT1S").storage()),
            Thread::new);

    @AfterEach
    void end() throws Exception {
        purger.close();
        purger.awaitEnd(Duration.ofMinutes(1));
    }

    private void awaitPurges(int more) {
        int before = storage.purges();
        await().until(() -> storage.purges() >= before + more);
    }

    @ParameterizedTest
    @CsvSource({"PT24H, PT1M", "PT10M, PT1M", "PT1M, PT6S", "PT1S, PT0.1S", "PT0.01S, PT0.1S"})
    void runsOftenEnoughForTheShortestRetention(Duration retention, Duration pause) {
        assertThat(Purger.pause(retention)).isEqualTo(pause);
    }

    @Test
    void goesOnAfterAFailureThatTheOperatorIsToldOfOnce() {
        try (var log = LogEntries.of(Purger.class)) {
            storage.fail(new StorageRefusedException("No such table", null));
            purger.start();
            awaitPurges(3);
            storage.recover();
            awaitPurges(2);

            assertThat(log.entries()).containsExactly("WARNING");
        }
    }

    @Test
    void leavesAnOutageToTheNumberer() {
        try (var log = LogEntries.of(Purger.class)) {
            storage.fail(new StorageUnavailableException("Down", null));
            purger.start();
            awaitPurges(3);

            assertThat(log.entries()).isEmpty();
        }
    }
}
