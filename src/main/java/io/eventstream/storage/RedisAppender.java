package io.eventstream.storage;

import io.eventstream.config.RedisSettings;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Appends to the storage that nodes keep in Redis, from outside of a server: with their script, and in batches as they do. It
 * sets no storage up, since where none is, no node is. Safe for use by many threads.
 */
public final class RedisAppender implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RedisEventStorage storage;
    private final GroupCommit commits;
    private final BiConsumer<UUID, List<StoredEvent>> told;

    /**
     * Connects to nothing yet.
     *
     * @param settings those of the nodes
     * @param told is given all that was stored, with the storage's id and in the order of the numbers, before senders are; it
     *     must not throw
     */
    public RedisAppender(RedisSettings settings, BiConsumer<UUID, List<StoredEvent>> told) {
        this.storage = RedisEventStorage.joined(settings);
        this.told = told;
        this.commits = new GroupCommit(storage, RedisAppender::thread, appended -> tell(appended.own()), failure -> {
            // Each sender is told; there is no operator.
        });
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private void tell(List<StoredEvent> events) {
        StorageIdentity identity;
        try {
            identity = storage.identity();
        } catch (RuntimeException e) {
            // It is stored all the same, and the nodes find it with their next poll.
            return;
        }
        told.accept(identity.id(), events);
    }

    /** {@return completed with the number, on the thread that stores; or with what {@code EventStorage.append} throws} */
    public CompletableFuture<Long> append(String channel, String type, String data) {
        return commits.append(List.of(new EncodedMessage(channel, type, data, Set.of())))
                .thenApply(events -> events.get(0).number());
    }

    /** What was taken is still stored, for some seconds at most; then its connections end. */
    @Override
    public void close() {
        commits.close();
        try {
            commits.awaitEnd(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        storage.close();
    }
}
