package io.eventstream.development;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.LocalHost;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Turns away requests that name another host, in development. */
@Provider
@PreMatching
@ApplicationScoped
public class LocalHostFilter implements ContainerRequestFilter {

    private final EventStreamConfig config;

    /** For the CDI client proxy. Public, since RESTEasy refuses a class without one that is (JAX-RS, 4.1.2). */
    @SuppressWarnings("NullAway")
    public LocalHostFilter() {
        this(null);
    }

    @Inject
    LocalHostFilter(EventStreamConfig config) {
        this.config = config;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!LocalHost.admits(config, request.getHeaderString(HttpHeaders.HOST))) {
            request.abortWith(Response.status(Response.Status.FORBIDDEN)
                    .type(MediaType.TEXT_PLAIN_TYPE)
                    .entity(LocalHost.REFUSAL + "\n")
                    .build());
        }
    }
}
