package io.eventstream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.spi.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader that follows a channel, and a node that deletes what it can, both as fast as they can. */
final class ReaderAndPurger {

    private final StorageUnderTest storage;
    private final String channel;
    private final AtomicInteger deleted;
    private final FutureTask<?> reader = new FutureTask<>(this::read, null);
    private final FutureTask<?> purger = new FutureTask<>(this::purge, null);
    private volatile boolean stopped;

    ReaderAndPurger(StorageUnderTest storage, String channel, AtomicInteger deleted) {
        this.storage = storage;
        this.channel = channel;
        this.deleted = deleted;
    }

    void start() {
        new Thread(reader, "reader").start();
        new Thread(purger, "purger").start();
    }

    void stop() throws InterruptedException, ExecutionException {
        stopped = true;
        reader.get();
        purger.get();
    }

    /** A page may begin later than asked for, where events were purged; then the stream says so. Inside it is whole. */
    private void read() {
        long position = 0;
        while (!stopped) {
            List<StoredEvent> page = storage.node(1).after(channel, position, 50);
            for (int i = 1; i < page.size(); i++) {
                assertThat(page.get(i).number()).isEqualTo(page.get(i - 1).number() + 1);
            }
            if (!page.isEmpty()) {
                assertThat(page.get(0).number()).isGreaterThan(position);
                if (page.get(0).number() != position + 1) {
                    assertThat(storage.node(1)
                                    .heads(List.of(channel))
                                    .get(channel)
                                    .oldest())
                            .as("the hole was purged")
                            .isGreaterThan(position + 1);
                }
                position = page.get(page.size() - 1).number();
            }
        }
    }

    private void purge() {
        while (!stopped) {
            deleted.addAndGet(
                    (int) storage.node(2).purge(name -> name.equals(channel) ? Duration.ZERO : Duration.ofDays(365)));
        }
    }
}
