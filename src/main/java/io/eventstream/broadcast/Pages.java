package io.eventstream.broadcast;

import io.eventstream.spi.StoredEvent;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Events of a channel that its tail no longer holds, in pages that begin at multiples of the page size, so that all who are
 * behind share them: each is read once, whoever asks first, and kept for a while. Safe for use by many threads; nothing
 * here waits for the storage but {@link #read}.
 */
final class Pages {

    /** What a search comes to. */
    sealed interface Found {

        /** The page that holds the event. */
        record Here(Page page) implements Found {}

        /** The event is purged, or belongs to a generation that is over. */
        record Gone() implements Found {}

        /** It is being read. It may be there once {@link Pages#changes} is more than this. */
        record Awaited(long change) implements Found {}
    }

    /** How many are kept, beside those that are being read. */
    private static final int KEPT = 16;

    private static final Found GONE = new Found.Gone();

    private final int size;
    private final LongConsumer reader;
    private final TailBudget budget;

    private static final class Slot {
        private @Nullable Page page;
        private boolean underWay;
        private long used;
    }

    /** Guarded by this. */
    private final Map<Long, Slot> slots = new HashMap<>();
    /** Guarded by this. */
    private long uses;
    /** Guarded by this. */
    private long goneBelow;

    private volatile long changes;

    /**
     * Creates one without pages.
     *
     * @param size events in a page
     * @param reader has the page read that holds an event of that number
     * @param budget where the bytes of pages count
     */
    Pages(int size, LongConsumer reader, TailBudget budget) {
        this.size = size;
        this.reader = reader;
        this.budget = budget;
    }

    /** {@return how often what can be found has changed} */
    long changes() {
        return changes;
    }

    /** {@return where the event is} */
    synchronized Found find(long number) {
        if (number < goneBelow) {
            return GONE;
        }
        Slot slot = slots.computeIfAbsent(index(number), index -> new Slot());
        slot.used = ++uses;
        if (slot.page != null && slot.page.at(number) != null) {
            return new Found.Here(slot.page);
        }
        if (!slot.underWay) {
            slot.underWay = true;
            reader.accept(number);
        }
        return new Found.Awaited(changes);
    }

    /** {@return the position before the page that holds an event} */
    long before(long number) {
        return index(number) * size;
    }

    private long index(long number) {
        return (number - 1) / size;
    }

    /** Notes that no event before this number will be served any more. */
    synchronized void gone(long below) {
        if (below > goneBelow) {
            goneBelow = below;
            changes++;
        }
    }

    /**
     * Takes what was read.
     *
     * @param wanted the number that was asked for
     * @param read what came, from {@link #before} on; some of it may belong to later pages
     * @param idPrefix what ids begin with
     * @return whether that number is there, or surely gone; otherwise it has to be read again
     */
    synchronized boolean read(long wanted, List<StoredEvent> read, String idPrefix) {
        long last = before(wanted) + size;
        List<StoredEvent> later =
                read.stream().filter(event -> event.number() >= wanted).toList();
        if (later.isEmpty()) {
            if (wanted < goneBelow) {
                givenUp(wanted);
            }
            return wanted < goneBelow;
        }
        if (later.get(0).number() > wanted) {
            // Purge takes from the front, so what comes first is the first that there is.
            gone(later.get(0).number());
        }
        install(
                index(wanted),
                new Page(read.stream()
                        .filter(event -> event.number() <= last && event.number() >= goneBelow)
                        .map(event -> TailEvent.stored(event, idPrefix))
                        .toList()));
        changes++;
        return true;
    }

    /** Nobody reads any more for that number: who wants it asks again. */
    synchronized void givenUp(long wanted) {
        Slot slot = slots.get(index(wanted));
        if (slot != null) {
            slot.underWay = false;
        }
        changes++;
    }

    private void install(long index, Page page) {
        Slot slot = slots.computeIfAbsent(index, i -> new Slot());
        long before = slot.page == null ? 0 : slot.page.bytes();
        slot.page = page;
        slot.underWay = false;
        slot.used = ++uses;
        budget.add(page.bytes() - before);
        while (slots.values().stream().filter(kept -> kept.page != null).count() > KEPT) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Map.Entry<Long, Slot> oldest = null;
        for (Map.Entry<Long, Slot> entry : slots.entrySet()) {
            if (entry.getValue().page != null && (oldest == null || entry.getValue().used < oldest.getValue().used)) {
                oldest = entry;
            }
        }
        if (oldest != null) {
            drop(oldest.getValue());
            slots.values().removeIf(slot -> slot.page == null && !slot.underWay);
        }
    }

    private long drop(Slot slot) {
        Page page = slot.page;
        slot.page = null;
        if (page == null) {
            return 0;
        }
        budget.add(-page.bytes());
        return page.bytes();
    }

    /** Lets go of pages that nobody has asked for since that many searches. {@return how many there have been now} */
    synchronized long forgetUnusedSince(long then) {
        for (Iterator<Slot> all = slots.values().iterator(); all.hasNext(); ) {
            Slot slot = all.next();
            if (slot.used <= then) {
                drop(slot);
                if (!slot.underWay) {
                    all.remove();
                }
            }
        }
        return uses;
    }

    /** Lets go of all pages. {@return how many bytes that were, which are off the account} */
    synchronized long clear() {
        long freed = slots.values().stream().mapToLong(this::drop).sum();
        slots.values().removeIf(slot -> !slot.underWay);
        return freed;
    }
}
