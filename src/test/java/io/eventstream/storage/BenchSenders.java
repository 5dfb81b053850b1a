package io.eventstream.storage;

import io.eventstream.spi.Appended;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Senders at the same time on one channel, each of which waits until its event is stored before it sends the next. */
final class BenchSenders {

    static final int SENDERS = 16;
    static final String DATA = "{\"text\":\"" + "x".repeat(89) + "\"}";
    static final EncodedMessage MESSAGE = new EncodedMessage("bench", "message", DATA, Set.of());

    private BenchSenders() {}

    /** Events that were stored in a second, and how many with one commit on the average. */
    record Result(double rate, double batch) {

        int batchSize() {
            return (int) Math.max(1, Math.round(batch));
        }
    }

    /** Through the group commit, as the library sends outside of transactions; each waits for its event. */
    static Result inGroups(EventStorage storage, int seconds) throws Exception {
        return inGroups(storage, seconds, 1);
    }

    /** The same, but each sender waits for the event that it sent some events ago. */
    static Result inGroups(EventStorage storage, int seconds, int ahead) throws Exception {
        var commits = new AtomicLong();
        try (var group = new GroupCommit(
                storage,
                Thread::new,
                (Appended appended) -> commits.incrementAndGet(),
                new Outage(System::nanoTime)::failed)) {
            double rate = rate(seconds, () -> {
                Queue<CompletableFuture<?>> waiting = new ArrayDeque<>();
                return () -> {
                    waiting.add(group.append(List.of(MESSAGE)));
                    if (waiting.size() >= ahead) {
                        waiting.remove().join();
                    }
                };
            });
            return new Result(rate, rate * seconds / commits.get());
        }
    }

    /** One step of a sender. */
    @FunctionalInterface
    interface Step {

        void send() throws Exception;
    }

    /** {@return steps in a second of all senders, each of which makes its own} */
    static double rate(int seconds, Callable<Step> sender) throws Exception {
        var events = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                steps.add(sender.call());
            }
            List<Future<?>> running = new ArrayList<>();
            long begun = System.nanoTime();
            for (Step step : steps) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
                        step.send();
                        events.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return events.get() * 1e9 / (System.nanoTime() - begun);
        } finally {
            threads.shutdown();
        }
    }
}
