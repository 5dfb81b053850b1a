package io.eventstream.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What is known of who listens to a channel.
 *
 * @param kind how much
 * @param maxUsers how many names of one channel are told
 */
public record PresenceSettings(PresenceKind kind, int maxUsers) {

    static final Setting<PresenceKind> KIND = Setting.choice(
            "eventstream.presence",
            "off",
            List.of("off", "count", "users"),
            "what is known of who listens to a channel, on all nodes: nothing, how many, or also their names",
            text -> PresenceKind.valueOf(text.toUpperCase(Locale.ROOT)));
    static final Setting<Integer> MAX_USERS = Setting.integer(
            "eventstream.presence.max-users", 1000, 1, "names of one channel that are told; the others are counted");

    /** Checks that there is a kind. */
    public PresenceSettings {
        Objects.requireNonNull(kind, "kind");
    }
}
