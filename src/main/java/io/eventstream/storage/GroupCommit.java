package io.eventstream.storage;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.spi.Appended;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.StoredEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores what many senders hand over at once with one commit: while one transaction is on its way, the next batch gathers.
 * Nobody waits for a timer. Safe for use by many threads.
 */
final class GroupCommit implements AutoCloseable {

    /** Bounds of one transaction, so that nobody waits long for others. */
    private static final int MOST_MESSAGES = 1000;

    private static final long MOST_CHARACTERS = 4_000_000;

    /** Bounds of what waits, so that a storage that is down does not fill the heap. */
    private static final long MOST_WAITING_CHARACTERS = 64_000_000;

    private static final int MOST_WAITING = 100_000;

    private final EventStorage storage;
    private final ThreadFactory threads;
    private final Consumer<Appended> stored;
    private final Consumer<RuntimeException> failed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Call> waiting = new ArrayDeque<>();
    private int waitingMessages;
    private long waitingCharacters;
    private @Nullable Thread thread;
    private boolean closed;

    private record Call(List<EncodedMessage> messages, long characters, CompletableFuture<List<StoredEvent>> result) {}

    /**
     * Creates one without starting anything.
     *
     * @param threads makes the one thread, with the first messages
     * @param stored is given all that was numbered, on that thread and in the order of the numbers, before senders are
     *     told; it must neither wait nor throw
     * @param failed is told when the storage fails
     */
    GroupCommit(
            EventStorage storage, ThreadFactory threads, Consumer<Appended> stored, Consumer<RuntimeException> failed) {
        this.storage = storage;
        this.threads = threads;
        this.stored = stored;
        this.failed = failed;
    }

    /**
     * Stores messages, all or none.
     *
     * @return the events in the order of the messages, or what {@link EventStorage#append} throws. Completed on the thread
     *     that stores, so what depends on it must neither wait nor call applications
     */
    CompletableFuture<List<StoredEvent>> append(List<EncodedMessage> messages) {
        var result = new CompletableFuture<List<StoredEvent>>();
        long characters = 0;
        for (EncodedMessage message : messages) {
            characters += message.data().length();
        }
        lock.lock();
        try {
            if (closed) {
                result.completeExceptionally(new StorageUnavailableException("The application is being stopped", null));
            } else if (waitingMessages >= MOST_WAITING || waitingCharacters >= MOST_WAITING_CHARACTERS) {
                result.completeExceptionally(
                        new StorageUnavailableException(waitingMessages + " messages wait to be stored already", null));
            } else {
                waiting.add(new Call(List.copyOf(messages), characters, result));
                waitingMessages += messages.size();
                waitingCharacters += characters;
                begin();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        return result;
    }

    private void begin() {
        if (thread == null) {
            Thread started = threads.newThread(this::run);
            started.setName("eventstream-storage");
            thread = started;
            started.start();
        }
    }

    private void run() {
        for (List<Call> batch = next(); !batch.isEmpty(); batch = next()) {
            store(batch);
        }
    }

    /** {@return what waits, as far as one transaction takes it; empty at the end} */
    private List<Call> next() {
        List<Call> batch = new ArrayList<>();
        int messages = 0;
        long characters = 0;
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            for (Call call = waiting.peek(); call != null; call = waiting.peek()) {
                messages += call.messages.size();
                characters += call.characters;
                if (!batch.isEmpty() && (messages > MOST_MESSAGES || characters > MOST_CHARACTERS)) {
                    break;
                }
                batch.add(waiting.remove());
                waitingMessages -= call.messages.size();
                waitingCharacters -= call.characters;
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    private void store(List<Call> batch) {
        List<EncodedMessage> messages = new ArrayList<>();
        batch.forEach(call -> messages.addAll(call.messages));
        Appended appended;
        try {
            appended = storage.append(messages);
        } catch (StorageRefusedException e) {
            if (batch.size() == 1) {
                fail(batch, e);
            } else {
                // One of them cannot be stored; that is no fault of the others.
                batch.forEach(call -> store(List.of(call)));
            }
            return;
        } catch (StorageUnavailableException | SendOutcomeUnknownException e) {
            failed.accept(e);
            fail(batch, e);
            return;
        } catch (RuntimeException | Error e) {
            fail(batch, e);
            return;
        }
        stored.accept(appended);
        int from = 0;
        for (Call call : batch) {
            int to = from + call.messages.size();
            call.result.complete(appended.own().subList(from, to));
            from = to;
        }
    }

    private static void fail(List<Call> batch, Throwable reason) {
        batch.forEach(call -> call.result.completeExceptionally(reason));
    }

    /** Waits for the end of the thread. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        Thread started;
        lock.lock();
        try {
            started = thread;
        } finally {
            lock.unlock();
        }
        if (started != null) {
            started.join(atMost.toMillis());
        }
    }

    /** Stores what was handed over, takes nothing more, and ends the thread when that is done. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
