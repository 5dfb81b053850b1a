package io.eventstream.broadcast;

import io.eventstream.config.EventStreamConfig;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** All subscribers of this node: how many there may be, who looks after them, and their ends. */
final class Subscribers {

    private final int limit;
    private final long keepAlive;
    private final long stallLimit;
    private final LongSupplier clock;
    private final AtomicInteger count = new AtomicInteger();
    private final SubscriberWatch watch;
    private final BlockingDrains blockingDrains;
    private final Attending attending;

    /**
     * Creates them.
     *
     * @param clock time in nanoseconds, as of {@link System#nanoTime}
     * @param threads makes the thread that looks after them, when it is needed
     * @param waitingThreads makes those that may wait for a peer, as many as peers stall
     * @param attending told of who listens
     */
    Subscribers(
            EventStreamConfig config,
            LongSupplier clock,
            ThreadFactory threads,
            ThreadFactory waitingThreads,
            Attending attending) {
        this.limit = config.maxSubscribers();
        this.keepAlive = config.keepAlive().toNanos();
        this.stallLimit = config.stallLimit().toNanos();
        this.clock = clock;
        this.watch = new SubscriberWatch(Math.min(keepAlive, stallLimit), clock, threads);
        this.blockingDrains = new BlockingDrains(waitingThreads);
        this.attending = attending;
    }

    /** {@return one that is counted, but listens to nothing yet} */
    Subscriber add(Interest interest) {
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            throw new TooManySubscribersException(limit);
        }
        return new Subscriber(interest, this);
    }

    int count() {
        return count.get();
    }

    /** {@return the time in nanoseconds, never 0} */
    long now() {
        long now = clock.getAsLong();
        return now == 0 ? 1 : now;
    }

    long keepAlive() {
        return keepAlive;
    }

    long stallLimit() {
        return stallLimit;
    }

    /** It is about to get its sink. */
    void begin(Subscriber subscriber) {
        watch.add(subscriber, subscriber.check(now()));
        attending.begins(subscriber);
    }

    void leave(Subscriber subscriber) {
        count.decrementAndGet();
        leaveChannels(subscriber);
        attending.ends(subscriber);
    }

    void leaveChannels(Subscriber subscriber) {
        for (Subscription subscription : subscriber.leavePositions().subscriptions()) {
            subscription.channel.remove(subscription);
        }
    }

    void forget(Subscriber subscriber) {
        watch.remove(subscriber);
    }

    BlockingDrains blockingDrains() {
        return blockingDrains;
    }

    SubscriberWatch watch() {
        return watch;
    }

    /** {@return those that have a sink which is not complete} */
    List<Subscriber> started() {
        return watch.all();
    }

    /** All are about to end. */
    void closing() {
        attending.close();
    }

    /** Ends all, then the threads. */
    void close(Ending reason) {
        started().forEach(subscriber -> subscriber.end(reason));
        watch.close();
        blockingDrains.close();
    }
}
