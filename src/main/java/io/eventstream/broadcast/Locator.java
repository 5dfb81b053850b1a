package io.eventstream.broadcast;

import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Where subscribers begin in their reliable channels. Safe for use by many threads; it waits for the storage. */
final class Locator {

    private final StoredChannels storage;
    private final Retention retention;
    private final Clock clock;

    Locator(StoredChannels storage, Retention retention, Clock clock) {
        this.storage = storage;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Sets the positions of a new subscriber.
     *
     * @param subscriptions those of its reliable channels
     * @param start what it asks for
     * @return the channels on which it has missed what is not there any more; on these it is at the head
     */
    List<Subscription> locate(List<Subscription> subscriptions, StartAt start) {
        storage.begin(subscriptions.stream().map(Subscription::stored).toList());
        if (start instanceof StartAt.After after) {
            return locate(subscriptions, wanted(subscriptions, after.id().positions()));
        }
        Map<Subscription, OptionalLong> wanted = new HashMap<>();
        if (!(start instanceof StartAt.Now)) {
            Map<String, ChannelHead> heads = storage.heads(
                    subscriptions.stream().map(Subscription::stored).toList());
            for (Subscription subscription : subscriptions) {
                ChannelHead head = StoredChannels.head(heads, subscription.stored());
                wanted.put(
                        subscription,
                        start instanceof StartAt.Since since
                                ? before(subscription.stored().name(), since, head)
                                : OptionalLong.of(head.oldest() - 1));
            }
        }
        return locate(subscriptions, wanted);
    }

    /** Lenient about blanks, as browsers and proxies are; what is no number belongs to no event. */
    private Map<Subscription, OptionalLong> wanted(List<Subscription> subscriptions, Map<String, String> positions) {
        Map<Subscription, OptionalLong> wanted = new HashMap<>();
        for (Subscription subscription : subscriptions) {
            String text = positions.get(subscription.stored().name());
            if (text != null) {
                OptionalLong number = number(text.strip());
                wanted.put(subscription, hasAged(number, subscription.stored()) ? OptionalLong.empty() : number);
            }
        }
        return wanted;
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private List<Subscription> locate(List<Subscription> subscriptions, Map<Subscription, OptionalLong> wanted) {
        List<Subscription> missed = new ArrayList<>();
        Map<String, ChannelHead> ahead = aheadOfThisNode(wanted);
        for (Subscription subscription : subscriptions) {
            OptionalLong position = wanted.get(subscription);
            if (position != null && position.isPresent() && isServed(subscription, position.getAsLong(), ahead)) {
                subscription.begin(position.getAsLong());
            } else {
                subscription.begin(subscription.channel.tail().head());
                if (position != null) {
                    missed.add(subscription);
                }
            }
        }
        return missed;
    }

    /** Only the storage decides that there is no such event: another node may be ahead of this one. */
    private Map<String, ChannelHead> aheadOfThisNode(Map<Subscription, OptionalLong> wanted) {
        List<StoredChannel> channels = new ArrayList<>();
        wanted.forEach((subscription, position) -> {
            if (position.isPresent()
                    && position.getAsLong() > subscription.channel.tail().head()) {
                channels.add(subscription.stored());
            }
        });
        return channels.isEmpty() ? Map.of() : storage.heads(channels);
    }

    private boolean isServed(Subscription subscription, long position, Map<String, ChannelHead> ahead) {
        StoredChannel channel = subscription.stored();
        ChannelHead newer = ahead.get(channel.name());
        if (newer != null) {
            channel.announce(newer.newest());
            storage.repairSoon(channel);
            return position <= newer.newest();
        }
        ChannelHead known = channel.known();
        return known != null && position >= known.oldest() - 1;
    }

    /** A client that waits for the first event has seen a page that may be as old as the channel. */
    private boolean hasAged(OptionalLong position, StoredChannel channel) {
        ChannelHead known = channel.known();
        return known != null
                && position.isPresent()
                && position.getAsLong() % StorageIdentity.NUMBERS == 0
                && known.born()
                        .filter(born -> born.plus(retention.of(channel.name())).isBefore(clock.instant()))
                        .isPresent();
    }

    /** {@return the position before the first event of that time or later; empty if some of those may be purged} */
    private OptionalLong before(String channel, StartAt.Since since, ChannelHead head) {
        Optional<StoredEvent> oldest = first(channel, head.oldest() - 1);
        if (oldest.isEmpty()) {
            return OptionalLong.of(head.newest());
        }
        long low = oldest.get().number() - 1;
        if (!oldest.get().storedAt().isBefore(since.time())) {
            return low % StorageIdentity.NUMBERS == 0 ? OptionalLong.of(low) : OptionalLong.empty();
        }
        // The times of events do not decrease, so halving finds it with few reads and without an index on times.
        long high = head.newest();
        while (low < high) {
            long middle = low + (high - low) / 2;
            Optional<StoredEvent> next = first(channel, middle);
            if (next.isPresent() && next.get().storedAt().isBefore(since.time())) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return OptionalLong.of(low);
    }

    private Optional<StoredEvent> first(String channel, long position) {
        return storage.next(channel, position).stream().findFirst();
    }
}
