package io.eventstream.spi;

import java.util.Objects;
import java.util.Set;

/**
 * Who opened a stream or publishes over HTTP, as plain values taken at that moment, since a request is long gone when
 * its stream's permissions are asked for again. Immutable; safe for use by many threads.
 *
 * @param name the name of the signed-in user; empty when anonymous
 * @param roles those of the roles in {@code eventstream.roles} that the user is in
 * @param granted channels that this connection's route ({@code @EventChannels}) or the setting
 *     {@code eventstream.open-channels} lets everybody read
 */
public record EventStreamUser(String name, Set<String> roles, Set<String> granted) {

    /** Nobody in particular, whom no route grants anything. */
    public static final EventStreamUser ANONYMOUS = new EventStreamUser("", Set.of(), Set.of());

    /** Copies the sets. */
    public EventStreamUser {
        Objects.requireNonNull(name, "name");
        roles = Set.copyOf(roles);
        granted = Set.copyOf(granted);
    }

    /** {@return whether nobody is signed in} */
    public boolean anonymous() {
        return name.isEmpty();
    }

    /**
     * Whether the user is in a role.
     *
     * @param role one of {@code eventstream.roles}
     * @return whether the user is in it
     */
    public boolean isIn(String role) {
        return roles.contains(role);
    }
}
