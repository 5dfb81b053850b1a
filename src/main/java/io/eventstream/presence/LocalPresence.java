package io.eventstream.presence;

import io.eventstream.api.ChannelPresence;
import io.eventstream.config.PresenceKind;
import io.eventstream.config.PresenceSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who listens on this node. Its lock is held for a moment by whoever comes or goes, and by nobody who delivers. Safe for use
 * by many threads.
 */
final class LocalPresence {

    /** What a channel takes besides its name, about, when it is told to other nodes. */
    private static final int FRAME = 40;

    private static final int QUOTES = 3;

    private static final class Listeners {
        private long count;
        private final NavigableMap<String, Integer> users = new TreeMap<>();
    }

    private final boolean naming;
    private final int mostUsers;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final NavigableMap<String, Listeners> channels = new TreeMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private boolean followed;

    LocalPresence(PresenceSettings settings) {
        this.naming = settings.kind() == PresenceKind.USERS;
        this.mostUsers = settings.maxUsers();
    }

    void add(String channel, String user) {
        synchronized (lock) {
            Listeners listeners = channels.computeIfAbsent(channel, name -> new Listeners());
            listeners.count++;
            if (naming && !user.isEmpty()) {
                listeners.users.merge(user, 1, Integer::sum);
            }
            note(channel);
        }
    }

    /** Of somebody who was added. */
    void remove(String channel, String user) {
        synchronized (lock) {
            Listeners listeners = channels.get(channel);
            if (listeners == null) {
                return;
            }
            listeners.count--;
            listeners.users.computeIfPresent(user, (name, times) -> times == 1 ? null : times - 1);
            if (listeners.count == 0) {
                channels.remove(channel);
            }
            note(channel);
        }
    }

    private void note(String channel) {
        if (followed) {
            changed.add(channel);
        }
    }

    /** From now on somebody asks again and again what has changed. */
    void follow() {
        synchronized (lock) {
            followed = true;
        }
    }

    /** {@return with as many users as may be told} */
    ChannelPresence of(String channel) {
        synchronized (lock) {
            return presence(channel, channels.get(channel), Integer.MAX_VALUE);
        }
    }

    /** {@return channels that have changed since they were returned last, as many as fit, but one at least if there is any} */
    List<ChannelPresence> takeChanged(int characters, int mostOfOne) {
        List<ChannelPresence> taken = new ArrayList<>();
        synchronized (lock) {
            long size = 0;
            for (Iterator<String> names = changed.iterator(); names.hasNext() && size < characters; ) {
                String channel = names.next();
                names.remove();
                ChannelPresence presence = presence(channel, channels.get(channel), mostOfOne);
                taken.add(presence);
                size += size(presence);
            }
        }
        return taken;
    }

    /** Channels in the order of their names, and whether the last of all is among them. */
    record Part(List<ChannelPresence> channels, boolean isLast) {}

    /** {@return the channels after that name, as many as fit, but one at least if there is any} */
    Part after(String name, int characters, int mostOfOne) {
        List<ChannelPresence> part = new ArrayList<>();
        synchronized (lock) {
            long size = 0;
            for (Map.Entry<String, Listeners> next :
                    channels.tailMap(name, false).entrySet()) {
                if (size >= characters) {
                    return new Part(part, false);
                }
                ChannelPresence presence = presence(next.getKey(), next.getValue(), mostOfOne);
                part.add(presence);
                size += size(presence);
            }
        }
        return new Part(part, true);
    }

    private static long size(ChannelPresence presence) {
        long size = FRAME;
        size += presence.channel().length();
        for (String user : presence.users()) {
            size += QUOTES + user.length();
        }
        return size;
    }

    private ChannelPresence presence(String channel, @Nullable Listeners listeners, int characters) {
        if (listeners == null) {
            return new ChannelPresence(channel, 0, Set.of());
        }
        Set<String> users = new TreeSet<>();
        long size = 0;
        for (String user : listeners.users.keySet()) {
            size += QUOTES + user.length();
            if (users.size() == mostUsers || size > characters) {
                break;
            }
            users.add(user);
        }
        return new ChannelPresence(channel, listeners.count, users);
    }
}
