package io.eventstream.cluster;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.channel.PermissionEvents;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the streams of this node for which a permission has changed on another. With a storage it follows the events that tell
 * so, from where they ended when somebody began to listen here; whenever it cannot be sure to have seen all, everybody on
 * this node is asked for again. On a thread of its own, since the application is asked. Safe for use by many threads.
 */
final class PermissionWatch implements Runnable {

    private static final Logger LOG = System.getLogger(PermissionWatch.class.getName());
    private static final long UNKNOWN = -1;
    private static final int AT_ONCE = 100;
    private static final int MOST_WAITING = 10_000;

    private final Optional<EventStorage> storage;
    private final StorageMark mark;
    private final Duration poll;
    private final ChannelBroadcasterRegistry node;
    private final BlockingQueue<ChannelPermissionChanged> told = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Semaphore wake = new Semaphore(0);
    private final NodeThread thread = new NodeThread("eventstream-permissions");
    private volatile boolean missed;
    private volatile boolean closed;

    // Of the thread alone.
    private long position = UNKNOWN;
    private @Nullable StorageIdentity followed;

    PermissionWatch(Optional<EventStorage> storage, StorageMark mark, Duration poll, ChannelBroadcasterRegistry node) {
        this.storage = storage;
        this.mark = mark;
        this.poll = poll;
        this.node = node;
    }

    void start(ThreadFactory threads) {
        thread.start(threads, this);
    }

    /** Another node has told of a change. */
    void changed(ChannelPermissionChanged changed) {
        if (!told.offer(changed)) {
            missed = true;
        }
        wake.release();
    }

    /** Another node may have told of changes and this one has not heard it. */
    void mayHaveMissed() {
        if (storage.isEmpty()) {
            missed = true;
        }
        wake.release();
    }

    /** There is an event that tells of a change. */
    void look() {
        wake.release();
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                if (wake.tryAcquire(poll.toNanos(), TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                }
                turn();
            } catch (InterruptedException e) {
                return; // The server wants its thread back.
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "The changes of permissions could not be read; tried again", e);
            }
        }
    }

    /** Does what is due now. */
    void turn() {
        if (node.status().subscribers() == 0) {
            // Who comes is asked for then; from where on to follow is found out with him.
            position = UNKNOWN;
            missed = false;
            told.clear();
            return;
        }
        if (missed) {
            missed = false;
            recheckAll();
        }
        List<ChannelPermissionChanged> changes = new ArrayList<>();
        told.drainTo(changes);
        changes.forEach(this::recheck);
        storage.ifPresent(this::follow);
    }

    private void follow(EventStorage from) {
        Optional<StorageIdentity> identity = mark.read();
        long newest = newest(from);
        if (position == UNKNOWN || newest < position || !identity.equals(Optional.ofNullable(followed))) {
            startAt(newest);
            followed = identity.orElse(null);
        }
        while (position < newest && !closed) {
            List<StoredEvent> events = from.after(PermissionEvents.CHANNEL, position, AT_ONCE);
            if (events.isEmpty() || events.get(0).number() != position + 1) {
                startAt(newest); // what lies between is not there any more
            }
            for (StoredEvent event : events) {
                PermissionEvents.parse(event.data()).ifPresent(this::recheck);
                position = Math.max(position, event.number());
            }
        }
    }

    private static long newest(EventStorage from) {
        var head = from.heads(List.of(PermissionEvents.CHANNEL)).get(PermissionEvents.CHANNEL);
        return head == null ? 0 : head.newest();
    }

    /** Asked for after the position is known, so that what changes in between is seen. */
    private void startAt(long number) {
        position = number;
        recheckAll();
    }

    private void recheck(ChannelPermissionChanged changed) {
        asking(() -> node.recheck(changed.user(), changed.channel()));
    }

    private void recheckAll() {
        asking(node::recheckAll);
    }

    /** What the application throws must not keep us from the next one. */
    private static void asking(Runnable question) {
        try {
            question.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Streams could not be asked for again, since the ChannelManager failed", e);
        }
    }

    /** Asks no more; what it asks just now is waited for, but no longer than this. Calling it again has no effect. */
    void close(Duration patience) {
        closed = true;
        wake.release();
        thread.awaitEnd(patience);
    }
}
