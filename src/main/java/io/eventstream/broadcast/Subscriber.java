package io.eventstream.broadcast;

import io.eventstream.broadcast.Ending.Reason;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connected client: its positions in its channels, and the sink that writes to it. It holds no events; whenever it
 * is woken it moves to the head of its tails with one write, whatever number of events that is.
 *
 * <p>Safe for use by many threads. Whoever wakes it either gets the right to drain it, which covers isReady, write,
 * flush and complete, or leaves that work to the thread that has the right: nobody waits. Ends only set a flag and wake.
 */
public final class Subscriber {

    private static final Logger LOG = System.getLogger(Subscriber.class.getName());

    private final Interest interest;
    private final Subscribers all;
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final AtomicBoolean queued = new AtomicBoolean();

    private volatile Positions positions = Positions.NONE;
    private volatile @Nullable Sink sink;
    private volatile long lastWrite;
    /** Since when the sink is not ready, or a call of it has not come back, though there is something to write; else 0. */
    private volatile long waitingSince;

    private volatile boolean keepAliveDue;

    /** Where the watch keeps it; guarded by the watch's lock. */
    int watchSlot = SubscriberWatch.NOWHERE;

    // For whoever has the right to drain.
    private boolean flushDue;
    private boolean lastWordsWritten;
    private boolean completed;

    Subscriber(Interest interest, Subscribers all) {
        this.interest = interest;
        this.all = all;
    }

    /** {@return what it listens to, and who it is} */
    public Interest interest() {
        return interest;
    }

    /**
     * Begins to write, from the positions that were taken when this subscriber was registered. Call it at the end of a
     * resource method: the response belongs to the subscriber from here on.
     *
     * @param context the request's, with headers and preamble flushed
     * @param end completes the context; called once
     * @throws IOException if the connection has failed already
     */
    public void stream(AsyncContext context, Runnable end) throws IOException {
        StreamSink.open(context, end, this);
    }

    /** Ends it without a word, so that a client may come back. */
    public void end() {
        end(Ending.silent(Reason.GONE));
    }

    void listenFrom(Positions start) {
        positions = start;
        if (ending.get() != null) {
            all.leaveChannels(this); // ended while it joined them, when it had none to leave
        }
    }

    Positions positions() {
        return positions;
    }

    /** Only for who makes it leave its channels: were they gone before, it could not. {@return where it was} */
    Positions leavePositions() {
        Positions left = positions;
        positions = Positions.NONE;
        return left;
    }

    /** Hands over the sink. */
    void start(Sink to) {
        lastWrite = all.now();
        // Watched first: once it has a sink it may end at any time, and who has ended must not be watched any more.
        all.begin(this);
        if (to.mayBlock()) {
            positions.subscriptions().forEach(subscription -> subscription.channel.mayBlock());
        }
        sink = to;
    }

    /** The first reason counts, except that a subscriber which cannot even be told its reason is given up. */
    void end(Ending reason) {
        mark(reason);
        wake();
    }

    /** The same, but whoever calls sees that somebody drains. */
    void mark(Ending reason) {
        Ending first = ending.compareAndExchange(null, reason);
        if (first == null) {
            all.leave(this);
        } else if (reason.isSilent() && !first.isSilent()) {
            ending.set(reason);
        }
    }

    /** Something changed: see that somebody drains. Returns at once where the sink may block. */
    void wake() {
        Sink to = sink;
        if (to == null) {
            return; // not started yet: the positions wait in the tail
        }
        if (to.mayBlock()) {
            if (queued.compareAndSet(false, true)) {
                all.blockingDrains().submit(this::drainBy);
            }
        } else {
            drain();
        }
    }

    private void drainBy(BlockingDrains.Mover mover) {
        queued.set(false);
        mover.move(this);
    }

    void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                while (step()) {
                    // One call of the container after the other, until nothing is left or the peer is slow.
                }
            } catch (IOException | RuntimeException e) {
                fail(e);
            } catch (Error e) {
                fail(new IllegalStateException(e)); // or this would count as being drained, for good
                LOG.log(Level.ERROR, () -> "A stream of " + interest.channels() + " was ended", e);
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private boolean step() throws IOException {
        Sink to = sink;
        if (to == null || completed) {
            return false;
        }
        Ending end = ending.get();
        if (end != null && (end.isSilent() || (lastWordsWritten && !flushDue))) {
            complete(to, end, null);
            return false;
        }
        if (!flushDue && end == null && !somethingToWrite()) {
            return false;
        }
        if (waitingSince == 0 && to.mayBlock()) {
            // Before the call, since it may be long until it comes back.
            waitingSince = all.now();
        }
        if (!to.ready()) {
            if (waitingSince == 0) {
                waitingSince = all.now();
            }
            return false;
        }
        if (flushDue) {
            flushDue = false;
            to.flush();
        } else {
            write(to, end);
        }
        if (waitingSince != 0) {
            waitingSince = 0;
        }
        return true;
    }

    private void write(Sink to, @Nullable Ending end) throws IOException {
        lastWordsWritten = end != null;
        byte[] bytes = end == null ? pending() : end.lastWords();
        if (bytes.length > 0) {
            keepAliveDue = false;
            lastWrite = all.now();
            flushDue = true;
            to.write(bytes);
        }
    }

    private boolean somethingToWrite() {
        return keepAliveDue || positions.areBehind();
    }

    private byte[] pending() {
        byte[] events = positions.take(interest);
        return events.length == 0 && keepAliveDue ? positions.keepAlive() : events;
    }

    private void fail(Exception e) {
        Sink to = sink;
        if (to != null && !completed) {
            Ending gone = Ending.silent(Reason.GONE);
            if (ending.compareAndSet(null, gone)) {
                all.leave(this);
            }
            complete(to, gone, e);
        }
    }

    private void complete(Sink to, Ending end, @Nullable Exception failure) {
        completed = true;
        all.forget(this);
        LOG.log(Level.DEBUG, () -> "Subscriber of " + interest.channels() + " ended: " + end.reason(), failure);
        to.complete(end, failure);
    }

    /** Looks after an idle or stalled client. {@return when to look again} */
    long check(long now) {
        long waiting = waitingSince;
        if (waiting != 0) {
            if (now - waiting >= all.stallLimit()) {
                end(Ending.silent(Reason.STALLED));
                return now + all.stallLimit();
            }
            return waiting + all.stallLimit();
        }
        long idle = now - lastWrite;
        if (idle >= all.keepAlive()) {
            keepAliveDue = true;
            wake();
            idle = 0;
        }
        // Not later than the stall limit from now: it may begin to wait at once.
        return now + Math.min(all.keepAlive() - idle, all.stallLimit());
    }
}
