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
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Stores in memory, slowly where it is told to; fails while it is down, and for data that says so. */
public final class FakeStorage implements EventStorage {

    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch called = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final List<List<NumberedEvent>> numberings = new CopyOnWriteArrayList<>();
    private final Map<Long, EncodedMessage> waiting = new TreeMap<>();
    private final Map<Long, Long> numbers = new ConcurrentHashMap<>();
    private final Map<String, Long> heads = new ConcurrentHashMap<>();
    private final Queue<StoredEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger purges = new AtomicInteger();
    private volatile RuntimeException failure;
    private volatile boolean joins = true;
    private long keys;

    /** Lets calls of append wait for {@link #release}. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    public void release() {
        gate.countDown();
    }

    public void awaitCall() {
        await(called);
    }

    /** {@return the data of each call that stored something} */
    public List<List<String>> batches() {
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
        requireUp();
        return stored(messages);
    }

    private synchronized Appended stored(List<EncodedMessage> messages) {
        Set<String> channels = messages.stream().map(EncodedMessage::channel).collect(Collectors.toSet());
        List<NumberedEvent> older = numbered(channels, Integer.MAX_VALUE);
        return new Appended(older, messages.stream().map(this::numbered).toList());
    }

    private StoredEvent numbered(EncodedMessage message) {
        long number = heads.merge(message.channel(), 1L, Long::sum);
        var event = new StoredEvent(
                message.channel(), number, message.type(), message.data(), message.skipUsers(), Instant.EPOCH);
        events.add(event);
        return event;
    }

    private List<NumberedEvent> numbered(Set<String> channels, int limit) {
        List<Long> some = waiting.entrySet().stream()
                .filter(row -> channels.contains(row.getValue().channel()))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
        List<NumberedEvent> numbered = new ArrayList<>();
        for (Long key : some) {
            StoredEvent event = numbered(waiting.remove(key));
            numbers.put(key, event.number());
            numbered.add(new NumberedEvent(key, event));
        }
        return numbered;
    }

    /** Every call fails from now on. */
    public void fail(RuntimeException reason) {
        failure = reason;
    }

    /** Works again. */
    public void recover() {
        failure = null;
    }

    private void requireUp() {
        if (failure != null) {
            throw failure;
        }
    }

    /** {@return what each call of {@code number} gave numbers to, if it was anything} */
    List<List<NumberedEvent>> numberings() {
        return numberings;
    }

    /** {@return how often it was purged} */
    int purges() {
        return purges.get();
    }

    /** Gives numbers as another node does. */
    synchronized void numberElsewhere(String channel) {
        numbered(Set.of(channel), Integer.MAX_VALUE);
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
        return joins;
    }

    /** Knows nothing of transactions, as Redis. */
    public void joinsNothing() {
        joins = false;
    }

    /** {@return the data of all events, in the order in which they got their numbers} */
    public List<String> data() {
        return events.stream().map(StoredEvent::data).toList();
    }

    /** A transaction with this message is rolled back. */
    public synchronized void rollBack(String data) {
        waiting.values().removeIf(message -> message.data().equals(data));
    }

    /** As if the transaction had committed. */
    @Override
    public synchronized long join(EncodedMessage message) {
        requireUp();
        keys++;
        waiting.put(keys, message);
        return keys;
    }

    @Override
    public List<NumberedEvent> number(Set<String> channels, int limit) {
        called.countDown();
        await(gate);
        requireUp();
        synchronized (this) {
            List<NumberedEvent> numbered = numbered(channels, limit);
            if (!numbered.isEmpty()) {
                numberings.add(numbered);
            }
            return numbered;
        }
    }

    @Override
    public Map<Long, Long> numbers(Collection<Long> wanted) {
        requireUp();
        return wanted.stream().filter(numbers::containsKey).collect(Collectors.toMap(key -> key, numbers::get));
    }

    @Override
    public synchronized Set<String> unnumbered() {
        requireUp();
        return waiting.values().stream().map(EncodedMessage::channel).collect(Collectors.toSet());
    }

    @Override
    public Map<String, ChannelHead> heads(Collection<String> channels) {
        requireUp();
        return channels.stream()
                .collect(Collectors.toMap(
                        channel -> channel,
                        channel -> new ChannelHead(heads.getOrDefault(channel, 0L), 1, Optional.empty())));
    }

    @Override
    public List<StoredEvent> after(String channel, long position, int limit) {
        requireUp();
        return events.stream()
                .filter(event -> event.channel().equals(channel) && event.number() > position)
                .limit(limit)
                .toList();
    }

    @Override
    public long purge(Retention retention) {
        purges.incrementAndGet();
        requireUp();
        return 0;
    }
}
