package io.eventstream.http;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in.
 *
 * @param name of the user; null for nobody
 * @param roles that the user is in
 */
public record FakeSecurity(@Nullable String name, Set<String> roles) implements SecurityContext {

    /** Nobody is. */
    public static final FakeSecurity ANONYMOUS = new FakeSecurity(null, Set.of());

    /** A user without roles. */
    public static FakeSecurity user(String name) {
        return new FakeSecurity(name, Set.of());
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return name == null ? null : () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
        return roles.contains(role);
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        return null;
    }
}
