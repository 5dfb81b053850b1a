package io.eventstream.presence;

import io.eventstream.api.Subscribed;
import io.eventstream.api.Unsubscribed;
import io.eventstream.broadcast.Interest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application's observers of those who come and go, in order, on a thread of its own, which is made when it is
 * needed first. Where they are slow those who come are left out, and so are their ends; the end of who was told of never is.
 * So an application that keeps a list has nobody in it for good. Safe for use by many threads.
 */
final class ObserverCalls implements Runnable {

    private static final Logger LOG = System.getLogger(ObserverCalls.class.getName());

    /** How long an application's end waits for an observer that is running. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private record Call(boolean begins, Interest interest) {}

    private final Consumer<Object> events;
    private final ThreadFactory threads;
    private final int mostWaiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Queue<Call> waiting = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean closed;
    private long leftOut;

    /** For the thread alone. */
    private boolean failing;

    /**
     * Creates them.
     *
     * @param events called with each {@link Subscribed} and {@link Unsubscribed}; may take long, and throw
     * @param threads makes the thread
     * @param mostWaiting how many calls wait at most; above, who comes is left out
     */
    ObserverCalls(Consumer<Object> events, ThreadFactory threads, int mostWaiting) {
        this.events = events;
        this.threads = threads;
        this.mostWaiting = mostWaiting;
    }

    /** Somebody has come. {@return whether that is told, so that the end has to be} */
    boolean begins(Interest interest) {
        boolean isFirstLeftOut = false;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (waiting.size() < mostWaiting) {
                add(new Call(true, interest));
                return true;
            }
            isFirstLeftOut = leftOut == 0;
            leftOut++;
        } finally {
            lock.unlock();
        }
        if (isFirstLeftOut) {
            LOG.log(
                    Level.WARNING,
                    "Observers of Subscribed or Unsubscribed are too slow: " + mostWaiting
                            + " calls wait. Streams that are opened until they have caught up are not told of");
        }
        return false;
    }

    /** Somebody has gone whose coming was told. */
    void ends(Interest interest) {
        lock.lock();
        try {
            if (!closed) {
                add(new Call(false, interest));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void add(Call call) {
        waiting.add(call);
        changed.signal();
        if (thread == null) {
            Thread made = threads.newThread(this);
            made.setName("eventstream-observers");
            thread = made;
            made.start();
        }
    }

    @Override
    public void run() {
        for (Call call = next(); call != null; call = next()) {
            String user = call.interest().user().name();
            for (String channel : call.interest().channels()) {
                call(call.begins() ? new Subscribed(channel, user) : new Unsubscribed(channel, user));
            }
        }
    }

    /** {@return the next call, waited for; null at the end} */
    private @Nullable Call next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                tellOfThoseLeftOut();
                changed.await();
            }
            return closed ? null : waiting.poll();
        } catch (InterruptedException e) {
            closed = true; // The server wants its thread back.
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void tellOfThoseLeftOut() {
        if (leftOut > 0) {
            LOG.log(Level.INFO, "Observers have caught up; " + leftOut + " streams were not told of");
            leftOut = 0;
        }
    }

    private void call(Object event) {
        try {
            events.accept(event);
            failing = false;
        } catch (RuntimeException e) {
            // With its stack once, since a failing observer fails for each of thousands of clients.
            LOG.log(failing ? Level.DEBUG : Level.ERROR, "An observer of " + event + " has failed", e);
            failing = true;
        }
    }

    /** Calls nobody any more. Calling it again has no effect. */
    void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signalAll();
            running = thread;
        } finally {
            lock.unlock();
        }
        try {
            if (running != null && running != Thread.currentThread()) {
                running.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
