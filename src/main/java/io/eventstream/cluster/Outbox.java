package io.eventstream.cluster;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.spi.StoredEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is to be told to the other nodes, in order. Nobody waits to put something in: what does not fit is left out, and the
 * others are told so. Safe for use by many threads.
 */
final class Outbox {

    private final int mostMessages;
    private final long mostCharacters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    private long characters;
    private long sequence;
    private boolean leftOut;
    private boolean closed;

    /** Made with its bounds. */
    Outbox(int mostMessages, long mostCharacters) {
        this.mostMessages = mostMessages;
        this.mostCharacters = mostCharacters;
    }

    void stored(List<StoredEvent> events) {
        lock.lock();
        try {
            events.forEach(event -> offer(new Content.Event(event)));
        } finally {
            lock.unlock();
        }
    }

    /** Its sequence is given here, so that events wait in this order, and one that is left out is missed by its number. */
    void live(String channel, String type, String data, Set<String> skipUsers) {
        var live = new Content.Live(channel, type, data, skipUsers);
        lock.lock();
        try {
            sequence++;
            offer(live);
        } finally {
            lock.unlock();
        }
    }

    void permission(ChannelPermissionChanged permission) {
        lock.lock();
        try {
            offer(new Content.Permission(permission));
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void offer(Content content) {
        var next = new Outgoing(sequence, content);
        if (waiting.size() >= mostMessages || (characters + next.size() > mostCharacters && !waiting.isEmpty())) {
            leftOut = true;
            return;
        }
        waiting.add(next);
        characters += next.size();
        changed.signal();
    }

    /** {@return what waits, some of it if it is much; nothing but that this node is there if nothing has come for so long} */
    List<Outgoing> take(int most, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (waiting.isEmpty() && !leftOut && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return taken(most);
        } catch (InterruptedException e) {
            // The server wants its thread back.
            closed = true;
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private List<Outgoing> taken(int most) {
        List<Outgoing> taken = new ArrayList<>();
        for (Outgoing next = waiting.peek(); next != null && taken.size() < most; next = waiting.peek()) {
            waiting.remove();
            characters -= next.size();
            taken.add(next);
        }
        if (leftOut) {
            leftOut = false;
            taken.add(new Outgoing(sequence, new Content.LeftOut()));
        }
        if (taken.isEmpty() && !closed) {
            taken.add(new Outgoing(sequence, new Content.Alive()));
        }
        return taken;
    }

    /** Lets nobody wait: what is there is taken, then nothing. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
