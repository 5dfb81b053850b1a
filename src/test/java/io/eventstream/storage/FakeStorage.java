package io.eventstream.storage;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.spi.Appended;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.NumberedEvent;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Appends in memory, slowly where it is told to, and fails for data that says so. */
final class FakeStorage implements EventStorage {

    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch called = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private long head;

    /** Lets calls of append wait for {@link #release}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    void awaitCall() {
        await(called);
    }

    /** {@return the data of each call that stored something} */
    List<List<String>> batches() {
        return batches;
    }

    @Override
    public Appended append(List<EncodedMessage> messages) {
        called.countDown();
        await(gate);
        List<String> data = messages.stream().map(EncodedMessage::data).toList();
        if (data.contains("refused")) {
            throw new StorageRefusedException("Refused", null);
        }
        if (data.contains("down")) {
            throw new StorageUnavailableException("Down", null);
        }
        if (data.contains("unknown")) {
            throw new SendOutcomeUnknownException(new IllegalStateException("connection lost"));
        }
        batches.add(data);
        List<StoredEvent> events = new ArrayList<>();
        for (EncodedMessage message : messages) {
            head++;
            events.add(new StoredEvent(
                    message.channel(), head, message.type(), message.data(), message.skipUsers(), Instant.EPOCH));
        }
        return new Appended(List.of(), events);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public StorageIdentity identity() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StorageIdentity raiseGeneration(long atLeast) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean joins() {
        return false;
    }

    @Override
    public long join(EncodedMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<NumberedEvent> number(Set<String> channels, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<Long, Long> numbers(Collection<Long> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> unnumbered() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, ChannelHead> heads(Collection<String> channels) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredEvent> after(String channel, long position, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long purge(Retention retention) {
        throw new UnsupportedOperationException();
    }
}
