package io.eventstream.config;

import java.util.Objects;

/**
 * What is known of who listens to a channel.
 *
 * @param kind how much
 * @param maxUsers how many names of one channel are told
 */
public record PresenceSettings(PresenceKind kind, int maxUsers) {

    /** Checks that there is a kind. */
    public PresenceSettings {
        Objects.requireNonNull(kind, "kind");
    }
}
