package io.eventstream.storage;

import io.eventstream.spi.EventReceiver;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.NumberedEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Gives numbers to messages whose transactions have committed, and hands the events on. One thread does so for all that
 * gathered meanwhile. With every poll it also looks for what a crash left without a number, on this node or another. Safe
 * for use by many threads.
 */
final class Numberer implements AutoCloseable {

    private static final int AT_ONCE = 1000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EventStorage storage;
    private final EventReceiver receiver;
    private final ThreadFactory threads;
    private final long pollNanos;
    private final CommittedMessages messages = new CommittedMessages();
    private final Outage outage;

    private volatile @Nullable Thread thread;

    /** Of the thread alone: channels in which something waited at the last poll. */
    private Set<String> waitedBefore = Set.of();

    Numberer(EventStorage storage, EventReceiver receiver, ThreadFactory threads, Duration poll, Outage outage) {
        this.storage = storage;
        this.receiver = receiver;
        this.threads = threads;
        this.pollNanos = poll.toNanos();
        this.outage = outage;
    }

    void start() {
        Thread started = threads.newThread(this::run);
        started.setName("eventstream-numbering");
        thread = started;
        started.start();
    }

    /**
     * Takes a message of a transaction that has committed.
     *
     * @return its number, or {@link io.eventstream.api.SendOutcomeUnknownException} where it will not be known. Completed on
     *     the thread that numbers, so what depends on it must neither wait nor call applications
     */
    CompletableFuture<Long> committed(String channel, long key) {
        return messages.add(channel, key);
    }

    /** Is told what another call has numbered along. */
    void numbered(List<NumberedEvent> events) {
        events.forEach(
                numbered -> messages.numbered(numbered.key(), numbered.event().number()));
    }

    private void run() {
        long polled = System.nanoTime();
        int failures = 0;
        while (messages.await(System.nanoTime() + pause(failures), polled + pollNanos)) {
            boolean poll = System.nanoTime() - polled >= pollNanos;
            long began = outage.now();
            try {
                round(poll);
                outage.worked(began);
                failures = 0;
            } catch (RuntimeException e) {
                outage.failed(e);
                failures++;
            }
            if (poll) {
                polled = System.nanoTime();
            }
        }
        lastRound();
    }

    /** With jitter, so that the nodes do not all come back to a database at once. */
    private static long pause(int failures) {
        if (failures == 0) {
            return 0;
        }
        long most = Math.min(LONGEST_PAUSE.toNanos(), FIRST_PAUSE.toNanos() << Math.min(failures, 10));
        return ThreadLocalRandom.current().nextLong(most / 2, most);
    }

    private void round(boolean poll) {
        Map<Long, String> once = messages.fresh();
        Map<Long, String> twice = poll ? messages.overdue() : Map.of();
        Set<String> channels = new HashSet<>(once.values());
        channels.addAll(twice.values());
        if (poll) {
            channels.addAll(leftBehind());
        }
        number(channels);
        Set<Long> keys = new HashSet<>(once.keySet());
        keys.addAll(twice.keySet());
        lookUp(keys);
        messages.lookedFor(once.keySet(), twice.keySet());
    }

    /** What waits for the first time is about to be numbered by whoever committed it. */
    private Set<String> leftBehind() {
        Set<String> waiting = storage.unnumbered();
        Set<String> left = new HashSet<>(waiting);
        left.retainAll(waitedBefore);
        waitedBefore = waiting;
        return left;
    }

    private void number(Set<String> channels) {
        int count = channels.isEmpty() ? 0 : AT_ONCE;
        while (count == AT_ONCE) {
            List<NumberedEvent> numbered = storage.number(channels, AT_ONCE);
            count = numbered.size();
            if (count > 0) {
                receiver.receive(numbered.stream().map(NumberedEvent::event).toList());
                numbered(numbered);
            }
        }
    }

    /** Those that another node has numbered, whose word of it may not have come. */
    private void lookUp(Set<Long> keys) {
        Map<Long, String> left = messages.fresh();
        left.putAll(messages.overdue());
        left.keySet().retainAll(keys);
        if (left.isEmpty()) {
            return;
        }
        Map<Long, Long> numbers = storage.numbers(left.keySet());
        Map<String, Long> first = new HashMap<>();
        left.forEach((key, channel) -> {
            Long number = numbers.get(key);
            if (number != null) {
                first.merge(channel, number, Math::min);
            }
        });
        first.forEach((channel, number) -> receiver.receiveFromOther(storage.after(channel, number - 1, AT_ONCE)));
        numbers.forEach(messages::numbered);
    }

    private void lastRound() {
        try {
            round(false);
        } catch (RuntimeException e) {
            outage.failed(e);
        }
        messages.giveUp();
    }

    /** Numbers what has committed, and ends the thread. */
    @Override
    public void close() {
        messages.close();
    }

    /** Waits for the end of the thread. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        Thread started = thread;
        if (started != null) {
            started.join(atMost.toMillis());
        }
    }
}
