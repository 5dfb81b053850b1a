package io.eventstream.testapp;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/** The header {@code X-User} signs that user in. */
@Provider
@PreMatching
public class UserHeaderFilter implements ContainerRequestFilter {

    private record Header(String user, boolean isSecure) implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return this::user;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "X-User";
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String user = request.getHeaderString("X-User");
        if (user != null) {
            request.setSecurityContext(
                    new Header(user, request.getSecurityContext().isSecure()));
        }
    }
}
