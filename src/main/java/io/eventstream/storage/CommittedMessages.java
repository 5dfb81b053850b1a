package io.eventstream.storage;

import io.eventstream.api.SendOutcomeUnknownException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages whose transactions have committed on this node, by key, until they have their numbers. Safe for use by many
 * threads; futures are completed on the calling thread, outside of the lock.
 */
final class CommittedMessages {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Message> fresh = new HashMap<>();
    /** Those that had no number when they were looked for, until they are looked for once more. */
    private final Map<Long, Message> overdue = new HashMap<>();

    private boolean closed;

    private record Message(String channel, CompletableFuture<Long> number) {}

    /** {@return completed with the number, or with {@link SendOutcomeUnknownException} where it stays unknown} */
    CompletableFuture<Long> add(String channel, long key) {
        var message = new Message(channel, new CompletableFuture<>());
        boolean late;
        lock.lock();
        try {
            late = closed;
            if (!late) {
                fresh.put(key, message);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            fail(List.of(message), "The application has ended; the message is stored and gets its number later");
        }
        return message.number;
    }

    void numbered(long key, long number) {
        Message message;
        lock.lock();
        try {
            message = removed(key);
        } finally {
            lock.unlock();
        }
        if (message != null) {
            message.number.complete(number);
        }
    }

    private @Nullable Message removed(long key) {
        Message message = fresh.remove(key);
        return message == null ? overdue.remove(key) : message;
    }

    /** {@return the channels of those that nobody has looked for, by key} */
    Map<Long, String> fresh() {
        return channels(fresh);
    }

    /** {@return the channels of those that were looked for in vain, by key} */
    Map<Long, String> overdue() {
        return channels(overdue);
    }

    private Map<Long, String> channels(Map<Long, Message> messages) {
        lock.lock();
        try {
            Map<Long, String> channels = new HashMap<>();
            messages.forEach((key, message) -> channels.put(key, message.channel));
            return channels;
        } finally {
            lock.unlock();
        }
    }

    /** Of those that have no number still: what was looked for once gets another look, what was looked for twice is gone. */
    void lookedFor(Set<Long> once, Set<Long> twice) {
        List<Message> gone = new ArrayList<>();
        lock.lock();
        try {
            for (Long key : twice) {
                Message message = overdue.remove(key);
                if (message != null) {
                    gone.add(message);
                }
            }
            for (Long key : once) {
                Message message = fresh.remove(key);
                if (message != null) {
                    overdue.put(key, message);
                }
            }
        } finally {
            lock.unlock();
        }
        fail(
                gone,
                "The storage does not have the message any more; its time is over, or its transaction did not commit");
    }

    /**
     * Waits until there is something fresh, but not before one time and not after another.
     *
     * @return false once it is closed
     */
    boolean await(long notBefore, long notAfter) {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                long left = Math.max(fresh.isEmpty() ? notAfter - now : 0, notBefore - now);
                if (left <= 0) {
                    return true;
                }
                changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // The server wants its thread back.
            closed = true;
        } finally {
            lock.unlock();
        }
        return false;
    }

    /** Takes no more, and lets nobody wait. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whoever waits for a number that it will not be told. */
    void giveUp() {
        List<Message> left = new ArrayList<>();
        lock.lock();
        try {
            left.addAll(fresh.values());
            left.addAll(overdue.values());
            fresh.clear();
            overdue.clear();
        } finally {
            lock.unlock();
        }
        fail(left, "The application ends; the message is stored and gets its number later");
    }

    private static void fail(List<Message> messages, String reason) {
        messages.forEach(message -> message.number.completeExceptionally(
                new SendOutcomeUnknownException(new IllegalStateException(reason))));
    }
}
