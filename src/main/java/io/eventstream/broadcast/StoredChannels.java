package io.eventstream.broadcast;

import io.eventstream.api.StorageUnavailableException;
import io.eventstream.config.EventStreamConfig.Storage;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The storage, as the reliable channels of this node use it: where they begin, pages, and the repair of what has not
 * arrived. Safe for use by many threads.
 */
final class StoredChannels {

    private static final Logger LOG = System.getLogger(StoredChannels.class.getName());

    /** How long an event may be on its way before the storage is asked for it. */
    private static final Duration GRACE = Duration.ofMillis(20);

    private final EventStorage storage;
    private final Predicate<String> reliable;
    private final Storage settings;
    private final int mostBehind;
    private final Later later;

    /**
     * Creates them.
     *
     * @param reliable which channels are stored
     * @param mostBehind events that are read one after the other to catch up; what lies farther back is left to pages
     */
    StoredChannels(EventStorage storage, Predicate<String> reliable, Storage settings, int mostBehind, Later later) {
        this.storage = storage;
        this.reliable = reliable;
        this.settings = settings;
        this.mostBehind = mostBehind;
        this.later = later;
    }

    boolean holds(String channel) {
        return reliable.test(channel);
    }

    int pageSize() {
        return settings.page();
    }

    Storage settings() {
        return settings;
    }

    Later later() {
        return later;
    }

    StorageIdentity identity() {
        return storage.identity();
    }

    StorageIdentity raiseGeneration(long atLeast) {
        return storage.raiseGeneration(atLeast);
    }

    /** Asks the storage where channels begin and end. */
    Map<String, ChannelHead> heads(Collection<StoredChannel> channels) {
        return storage.heads(channels.stream().map(StoredChannel::name).collect(Collectors.toSet()));
    }

    /** Asks the storage which of these channels have changed. */
    Map<String, ChannelHead> changedHeads(Map<String, ChannelHead> known) {
        return storage.changedHeads(known);
    }

    /** {@return the event after a position, to find one by its time} */
    List<StoredEvent> next(String channel, long position) {
        return storage.after(channel, position, 1);
    }

    /**
     * Sees that the heads of these channels are known. The first who comes asks for all of them at once, everybody else
     * waits for him.
     *
     * @throws StorageUnavailableException if the storage cannot be asked
     */
    void begin(List<StoredChannel> channels) {
        List<StoredChannel> mine =
                channels.stream().filter(StoredChannel::claimBeginning).toList();
        if (!mine.isEmpty()) {
            try {
                Map<String, ChannelHead> heads = heads(mine);
                mine.forEach(channel -> channel.begin(head(heads, channel)));
                mine.forEach(this::repairSoon);
            } catch (RuntimeException e) {
                mine.forEach(channel -> channel.failToBegin(e));
                throw e;
            }
        }
        channels.forEach(StoredChannels::await);
    }

    private static void await(StoredChannel channel) {
        CompletableFuture<Void> begun = channel.begun();
        try {
            if (begun != null) {
                begun.join();
            }
        } catch (CompletionException e) {
            throw new StorageUnavailableException("The storage could not be asked", e.getCause());
        }
        if (channel.known() == null) {
            throw new StorageUnavailableException("The storage could not be asked", null);
        }
    }

    static ChannelHead head(Map<String, ChannelHead> heads, StoredChannel channel) {
        ChannelHead head = heads.get(channel.name());
        if (head == null) {
            throw new IllegalStateException("The storage has not told the head of " + channel.name());
        }
        return head;
    }

    /** Has a page read. */
    void readPage(StoredChannel channel, long wanted) {
        later.run(Duration.ZERO, () -> readPage(channel, wanted, new BackOff(settings.poll())));
    }

    private void readPage(StoredChannel channel, long wanted, BackOff backOff) {
        if (channel.live().isRetired()) {
            channel.pages().givenUp(wanted);
            return;
        }
        if (attempt(() -> read(channel, wanted))) {
            channel.live().movement().signal();
        } else {
            later.run(backOff.next(), () -> readPage(channel, wanted, backOff));
        }
    }

    /** {@return whether that number is there, or surely gone} */
    private boolean read(StoredChannel channel, long wanted) {
        Pages pages = channel.pages();
        List<StoredEvent> events = storage.after(channel.name(), pages.before(wanted), settings.page());
        if (pages.read(wanted, events, channel.idPrefix())) {
            return true;
        }
        // Nothing where an event must be: all is purged, or this is a copy of the storage that is not as far yet.
        pages.gone(head(heads(List.of(channel)), channel).oldest());
        return pages.read(wanted, List.of(), channel.idPrefix());
    }

    /** Compares the heads of channels with the storage; the next poll does it if that fails. */
    void compareSoon(Supplier<List<StoredChannel>> live) {
        later.run(
                Duration.ZERO,
                () -> attempt(() -> {
                    List<StoredChannel> channels = live.get();
                    if (!channels.isEmpty()) {
                        Map<String, ChannelHead> heads = heads(channels);
                        for (StoredChannel channel : channels) {
                            channel.announce(head(heads, channel).newest());
                            repairSoon(channel);
                        }
                    }
                    return true;
                }));
    }

    /** Sees that what has not arrived is read, unless it arrives within a moment. */
    void repairSoon(StoredChannel channel) {
        if (channel.isBehind() && channel.claimRepair()) {
            later.run(GRACE, () -> repair(channel, new BackOff(settings.poll())));
        }
    }

    private void repair(StoredChannel channel, BackOff backOff) {
        while (channel.isBehind() && !channel.live().isRetired()) {
            if (!attempt(() -> repairSome(channel))) {
                later.run(backOff.next(), () -> repair(channel, backOff));
                return;
            }
        }
        channel.repaired();
        repairSoon(channel); // what came after the last look
    }

    private boolean repairSome(StoredChannel channel) {
        long head = channel.live().tail().head();
        if (channel.newest() - head > mostBehind) {
            return startAtHead(channel, head);
        }
        List<StoredEvent> events = storage.after(channel.name(), head, settings.page());
        if (events.isEmpty()) {
            return false; // waited for, never passed over
        }
        if (events.get(0).number() > head + 1) {
            return startAtHead(channel, head);
        }
        channel.receive(events);
        return true;
    }

    private boolean startAtHead(StoredChannel channel, long head) {
        ChannelHead now = head(heads(List.of(channel)), channel);
        if (now.newest() > head) {
            channel.startAfter(now);
        }
        return now.newest() > head;
    }

    /** {@return the result, or false where the storage fails, which it tells itself: whoever asks tries again} */
    private static boolean attempt(Supplier<Boolean> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The storage could not be read; tried again", e);
            return false;
        }
    }
}
