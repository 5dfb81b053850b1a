package io.eventstream.presence;

import io.eventstream.api.ChannelPresence;
import io.eventstream.spi.EventTransport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Who listens on the other nodes, as far as they have told. Safe for use by many threads. */
final class OtherNodes {

    /** Of a node that has told nothing for so long nobody is left. Each tells something with each heartbeat. */
    static final long LEASE = EventTransport.HEARTBEAT.multipliedBy(3).toNanos();

    /** Each start of a node is another one; those that were not heard of for longest are forgotten. */
    private static final int MOST = 1000;

    private static final class Other {
        private long heardAt;
        /** Kept when the rest is forgotten, so that what comes late brings nobody back. */
        private long version;

        private final NavigableMap<String, ChannelPresence> channels = new TreeMap<>();
    }

    private final LongSupplier clock;

    /** Guarded by this. */
    private final Map<UUID, Other> nodes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Other> eldest) {
            return size() > MOST;
        }
    };

    /** Made with the clock, as {@link System#nanoTime} is. */
    OtherNodes(LongSupplier clock) {
        this.clock = clock;
    }

    /** A node has told something, whatever that was. {@return whether it is new here, or was silent for longer than a lease} */
    synchronized boolean heard(UUID node) {
        long now = clock.getAsLong();
        Other known = nodes.get(node);
        boolean isNew = known == null || isSilent(known, now);
        if (known == null) {
            known = new Other();
            nodes.put(node, known);
        } else if (isNew) {
            known.channels.clear();
        }
        known.heardAt = now;
        return isNew;
    }

    /** From a node that was {@linkplain #heard}. What is older than what it has told already is passed over. */
    synchronized void received(UUID node, PresenceReport report) {
        Other known = nodes.get(node);
        if (known == null || report.version() <= known.version) {
            return;
        }
        known.version = report.version();
        if (report instanceof PresenceReport.Section section) {
            NavigableMap<String, ChannelPresence> gone = section.until().isEmpty()
                    ? known.channels.tailMap(section.after(), false)
                    : known.channels.subMap(section.after(), false, section.until(), true);
            gone.clear();
        }
        for (ChannelPresence channel : report.channels()) {
            if (channel.count() == 0) {
                known.channels.remove(channel.channel());
            } else {
                known.channels.put(channel.channel(), channel);
            }
        }
    }

    /** {@return what each of them has told of a channel} */
    synchronized List<ChannelPresence> of(String channel) {
        long now = clock.getAsLong();
        List<ChannelPresence> told = new ArrayList<>();
        for (Other node : nodes.values()) {
            ChannelPresence there = node.channels.get(channel);
            if (there != null && !isSilent(node, now)) {
                told.add(there);
            }
        }
        return told;
    }

    /** Lets go of what silent nodes have told. */
    synchronized void forgetSilent() {
        long now = clock.getAsLong();
        for (Other node : nodes.values()) {
            if (isSilent(node, now)) {
                node.channels.clear();
            }
        }
    }

    private static boolean isSilent(Other node, long now) {
        return now - node.heardAt > LEASE;
    }
}
