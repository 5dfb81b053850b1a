package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.eventstream.api.StorageUnavailableException;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.testing.LogEntries;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(LogEntries.OF_OUTAGES)
class OutageTest {

    private static final StorageUnavailableException DOWN = new StorageUnavailableException("Down", null);

    private final AtomicLong now = new AtomicLong();
    private final Outage outage = new Outage(now::get);
    private final LogEntries log = LogEntries.of(Outage.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void isToldOnceHoweverOftenSomethingFails() {
        outage.failed(DOWN);
        outage.failed(DOWN);
        now.addAndGet(Duration.ofSeconds(7).toNanos());
        outage.worked(outage.now());
        outage.worked(outage.now());

        assertThat(log.entries()).containsExactly("WARNING", "INFO");
        assertThat(log.messages().get(1)).endsWith("after 7 s");
    }

    @Test
    void doesNotEndWithWhatBeganBeforeAnotherFailed() {
        outage.failed(DOWN);
        now.addAndGet(1);
        long began = outage.now();
        now.addAndGet(1);
        outage.failed(DOWN);
        outage.worked(began);

        assertThat(log.entries()).containsExactly("WARNING");
    }

    @Test
    void beginsWithTheFirstSenderWhoIsRefused() {
        var storage = new FakeStorage();
        storage.fail(DOWN);
        try (var commits = new GroupCommit(storage, Thread::new, stored -> {}, outage::failed)) {
            var result = commits.append(List.of(new EncodedMessage("c", "message", "1", Set.of())));

            assertThat(catchThrowable(result::join)).hasCause(DOWN);
            assertThat(log.entries()).containsExactly("WARNING");
        }
    }
}
