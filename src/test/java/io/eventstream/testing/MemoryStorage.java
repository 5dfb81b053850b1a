package io.eventstream.testing;

import io.eventstream.api.StorageUnavailableException;
import io.eventstream.spi.Appended;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A storage in memory that can be down, late, purged, restored from an older copy or replaced, and counts what it is asked
 * for. Safe for use by many threads.
 */
public final class MemoryStorage implements EventStorage {

    private static final class Channel {
        private final NavigableMap<Long, StoredEvent> events = new TreeMap<>();
        private long head;
        private long purged;
        private Instant born = Instant.EPOCH;
    }

    private final Map<String, Channel> channels = new HashMap<>();
    private StorageIdentity identity = new StorageIdentity(UUID.randomUUID(), 0);
    private Instant now = Instant.now();
    private boolean down;
    private long hidden;
    private int reads;
    private int headReads;
    private Runnable afterHeads = () -> {};

    /** From now on it cannot be reached. */
    public synchronized void breakDown() {
        down = true;
    }

    /** {@return whether it cannot be reached} */
    public synchronized boolean isDown() {
        return down;
    }

    /** It can be reached again. */
    public synchronized void recover() {
        down = false;
    }

    /** What happens between its look at the heads and its answer. */
    public synchronized void afterHeads(Runnable happening) {
        afterHeads = happening;
    }

    /** Its reads show the newest events of each channel later: how many of them they lack. */
    public synchronized void hideNewest(long count) {
        hidden = count;
    }

    /** Its clock. */
    public synchronized void setTime(Instant time) {
        now = time;
    }

    /** Deletes the events up to a number. */
    public synchronized void purge(String channel, long upTo) {
        Channel purged = channel(channel);
        purged.events.headMap(upTo, true).clear();
        purged.purged = Math.max(purged.purged, upTo);
    }

    /** Goes back in time, as after a restore: what came after that number is lost. */
    public synchronized void restore(String channel, long head) {
        Channel restored = channel(channel);
        restored.events.tailMap(head, false).clear();
        restored.head = head;
    }

    /** Another, empty storage takes its place. */
    public synchronized void replace() {
        channels.clear();
        identity = new StorageIdentity(UUID.randomUUID(), 0);
    }

    /** {@return how often events were read} */
    public synchronized int reads() {
        return reads;
    }

    /** {@return how often heads were read} */
    public synchronized int headReads() {
        return headReads;
    }

    /** Stores one, as another node would: nobody is told. */
    public StoredEvent append(String channel, String data) {
        return append(new EncodedMessage(channel, "message", data, Set.of()));
    }

    /** Stores one, as another node would: nobody is told. */
    public StoredEvent append(EncodedMessage message) {
        return append(List.of(message)).own().get(0);
    }

    private Channel channel(String name) {
        return channels.computeIfAbsent(name, added -> {
            var channel = new Channel();
            channel.head = identity.base();
            channel.purged = identity.base();
            channel.born = now;
            return channel;
        });
    }

    private void requireUp() {
        if (down) {
            throw new StorageUnavailableException("The storage is down", null);
        }
    }

    @Override
    public synchronized StorageIdentity identity() {
        requireUp();
        return identity;
    }

    @Override
    public synchronized StorageIdentity raiseGeneration(long atLeast) {
        requireUp();
        if (atLeast > identity.generation()) {
            identity = new StorageIdentity(identity.id(), atLeast);
            channels.values().forEach(channel -> {
                channel.head = Math.max(channel.head, identity.base());
                channel.purged = Math.max(channel.purged, identity.base());
            });
        }
        return identity;
    }

    @Override
    public synchronized Appended append(List<EncodedMessage> messages) {
        requireUp();
        List<StoredEvent> own = new ArrayList<>();
        for (EncodedMessage message : messages) {
            Channel channel = channel(message.channel());
            channel.head++;
            var event = new StoredEvent(
                    message.channel(), channel.head, message.type(), message.data(), message.skipUsers(), now);
            channel.events.put(channel.head, event);
            own.add(event);
        }
        return new Appended(List.of(), own);
    }

    @Override
    public synchronized Map<String, ChannelHead> heads(Collection<String> names) {
        requireUp();
        headReads++;
        Map<String, ChannelHead> heads = new HashMap<>();
        for (String name : new HashSet<>(names)) {
            Channel channel = channels.get(name);
            heads.put(
                    name,
                    channel == null
                            ? new ChannelHead(identity.base(), identity.base() + 1, Optional.empty())
                            : new ChannelHead(
                                    Math.max(channel.head - hidden, channel.purged),
                                    channel.purged + 1,
                                    Optional.of(channel.born)));
        }
        afterHeads.run();
        return heads;
    }

    @Override
    public synchronized List<StoredEvent> after(String name, long position, int limit) {
        requireUp();
        reads++;
        Channel channel = channels.get(name);
        return channel == null
                ? List.of()
                : channel.events.tailMap(position, false).values().stream()
                        .filter(event -> event.number() <= channel.head - hidden)
                        .limit(limit)
                        .toList();
    }

    @Override
    public long purge(Retention retention) {
        return 0;
    }
}
