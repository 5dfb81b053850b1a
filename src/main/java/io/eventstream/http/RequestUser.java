package io.eventstream.http;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.EventStreamUser;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes from a request who sent it, since the request is gone when a stream's permissions are asked for again. */
public final class RequestUser {

    private RequestUser() {}

    /**
     * Who sent a request.
     *
     * @param security of the request, so that filters of the application count
     * @param config names the roles to ask for
     * @return name and roles; nothing granted yet
     */
    public static EventStreamUser of(SecurityContext security, EventStreamConfig config) {
        Principal principal = security.getUserPrincipal();
        if (principal == null) {
            return EventStreamUser.ANONYMOUS;
        }
        Set<String> roles =
                config.roles().stream().filter(security::isUserInRole).collect(Collectors.toUnmodifiableSet());
        return new EventStreamUser(principal.getName(), roles, Set.of());
    }
}
