package io.eventstream.broadcast;

import io.eventstream.api.LastEventId;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a reliable channel has beside its tail: the storage, which is the truth. Events that arrive are put in order, what
 * is missing between them and what the tail no longer holds is read. Safe for use by many threads.
 */
final class StoredChannel {

    private final LiveChannel live;
    private final String idPrefix;
    private final Pages pages;
    /** Guarded by the channel's lock. */
    private final Arrivals arrivals;

    private final AtomicReference<@Nullable CompletableFuture<Void>> beginning = new AtomicReference<>();
    private final AtomicBoolean repairing = new AtomicBoolean();
    private volatile @Nullable ChannelHead known;
    private volatile boolean behind;
    private volatile long newest;
    /** Only for the poll. */
    private int pollsBelow;
    /** Only for the poll. */
    private long pageUses;

    StoredChannel(LiveChannel live, Broadcasters node, StoredChannels storage) {
        this.live = live;
        this.idPrefix = idPrefix(live.name());
        this.arrivals = new Arrivals(node.limits());
        this.pages = new Pages(storage.pageSize(), number -> storage.readPage(this, number), node.budget());
    }

    private static String idPrefix(String channel) {
        String id = LastEventId.of(Map.of(channel, 0L)).toString();
        return id.substring(0, id.length() - 1);
    }

    String name() {
        return live.name();
    }

    LiveChannel live() {
        return live;
    }

    /** {@return what an id of this channel begins with, before the number} */
    String idPrefix() {
        return idPrefix;
    }

    Pages pages() {
        return pages;
    }

    /** {@return where the channel begins and ends, as of a moment ago; null before it has begun} */
    @Nullable
    ChannelHead known() {
        return known;
    }

    /** {@return whether the caller is the one who begins it; everybody else waits for {@link #begun}} */
    boolean claimBeginning() {
        return beginning.compareAndSet(null, new CompletableFuture<>());
    }

    /** {@return completed when the tail's head is known; null if nobody has claimed to find out} */
    @Nullable
    CompletableFuture<Void> begun() {
        return beginning.get();
    }

    void begin(ChannelHead head) {
        known = head;
        pages.gone(head.oldest());
        change(tail -> arrivals.begin(head.newest(), tail));
        CompletableFuture<Void> waiting = beginning.get();
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Whoever waits is told; the next one tries again. */
    void failToBegin(RuntimeException reason) {
        CompletableFuture<Void> waiting = beginning.getAndSet(null);
        if (waiting != null) {
            waiting.completeExceptionally(reason);
        }
    }

    /** Takes events together, so that they are moved on with one write. */
    void receive(List<StoredEvent> events) {
        List<TailEvent> encoded =
                events.stream().map(event -> TailEvent.stored(event, idPrefix)).toList();
        change(tail -> {
            long grown = 0;
            for (TailEvent event : encoded) {
                grown += arrivals.accept(event, tail);
            }
            return grown;
        });
    }

    /** The storage is known to have an event of that number. */
    void announce(long number) {
        change(tail -> {
            arrivals.announce(number);
            return 0;
        });
    }

    /** Goes on after that number; what lies before is left to the pages. */
    void startAfter(ChannelHead head) {
        known = head;
        pages.gone(head.oldest());
        change(tail -> arrivals.startAfter(head.newest(), tail));
    }

    private void change(ToLongFunction<ChannelTail> change) {
        live.change(tail -> {
            long grown = change.applyAsLong(tail);
            behind = arrivals.areMissing(tail);
            newest = arrivals.newest();
            return grown;
        });
    }

    /** {@return whether there are events that have not arrived} */
    boolean isBehind() {
        return behind;
    }

    /** {@return the largest number that was heard of} */
    long newest() {
        return newest;
    }

    /** {@return whether the caller is the one who repairs; until {@link #repaired} nobody else does} */
    boolean claimRepair() {
        return repairing.compareAndSet(false, true);
    }

    void repaired() {
        repairing.set(false);
    }

    /** {@return the largest number that this node has sent or was told of when it began} */
    long sent() {
        return live.tail().head();
    }

    /**
     * Compares with the storage.
     *
     * @param sent what {@link #sent} was before the storage was asked
     * @return whether the storage has been behind this node for so many polls that it must have lost events
     */
    boolean polled(ChannelHead head, long sent, int most) {
        known = head;
        pages.gone(head.oldest());
        pageUses = pages.forgetUnusedSince(pageUses);
        pollsBelow = head.newest() < sent ? pollsBelow + 1 : 0;
        if (head.newest() > sent()) {
            announce(head.newest());
        }
        return pollsBelow >= most;
    }
}
