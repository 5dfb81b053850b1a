package io.eventstream.broadcast;

import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.StorageIdentity;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the heads of the live channels with the storage, now and then: finds what another node has stored and no message
 * has told, and a storage that has lost events. One thread at a time.
 */
final class HeadPoll {

    private static final Logger LOG = System.getLogger(HeadPoll.class.getName());

    /** Polls in a row that must see less than this node has: one alone may have been answered by a late copy. */
    private static final int MOST_BELOW = 3;

    /** What this node has before the storage is asked: what is sent while it answers may be missing in its answer. */
    private record Before(StoredChannel channel, String name, ChannelHead head, long sent) {}

    private final StoredChannels storage;
    private final Supplier<List<StoredChannel>> channels;
    private @Nullable StorageIdentity known;

    HeadPoll(StoredChannels storage, Supplier<List<StoredChannel>> channels) {
        this.storage = storage;
        this.channels = channels;
    }

    /** Polls from now on, as long as there are threads. */
    void begin() {
        storage.later().run(storage.settings().poll(), this::turn);
    }

    private void turn() {
        try {
            poll();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The storage could not be polled; tried again", e);
        }
        begin();
    }

    private void poll() {
        List<StoredChannel> live = channels.get();
        if (live.isEmpty()) {
            return;
        }
        StorageIdentity now = identified(storage.identity());
        List<Before> all = before(live);
        Map<String, ChannelHead> known = new HashMap<>(2 * all.size());
        all.forEach(before -> known.put(before.name, before.head));
        Map<String, ChannelHead> changed = storage.changedHeads(known);
        boolean lost = false;
        for (Before before : all) {
            ChannelHead head = changed.getOrDefault(before.name, before.head);
            lost |= before.channel.polled(head, before.sent, MOST_BELOW);
            storage.repairSoon(before.channel);
        }
        if (lost) {
            raise(now, "has fewer events than this node has sent");
        }
    }

    /** Without those that have yet to begin, and ask for their heads themselves. */
    private static List<Before> before(List<StoredChannel> live) {
        List<Before> all = new ArrayList<>(live.size());
        for (StoredChannel channel : live) {
            ChannelHead head = channel.known();
            if (head != null) {
                all.add(new Before(channel, channel.name(), head, channel.sent()));
            }
        }
        return all;
    }

    private StorageIdentity identified(StorageIdentity now) {
        StorageIdentity before = known;
        known = now;
        if (before == null || before.id().equals(now.id()) || now.generation() > before.generation()) {
            return now;
        }
        return raise(before, "is another one than before");
    }

    private StorageIdentity raise(StorageIdentity from, String why) {
        StorageIdentity raised = storage.raiseGeneration(from.generation() + 1);
        LOG.log(
                Level.WARNING,
                "The storage {0}: its channels go on with generation {1}, and clients with older ids get a stream-reset",
                why,
                Long.toString(raised.generation()));
        known = raised;
        return raised;
    }
}
