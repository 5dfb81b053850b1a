package io.eventstream.subscribe;

import io.eventstream.sse.ControlEvents;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses streams that cannot be asynchronous, since a servlet filter on their path forbids it (Servlet 6.0, 2.3.3.3): the
 * servers' own answers come with several stacks for each request and name no filter. Safe for use by many threads.
 */
@Provider
public class AsyncSupportFilter implements ContainerRequestFilter {

    private static final Logger LOG = System.getLogger(AsyncSupportFilter.class.getName());

    /** Routes whose refusal is in the log already: browsers come back for ever. */
    private final Set<Class<?>> told = ConcurrentHashMap.newKeySet();

    @Context
    @Nullable
    ResourceInfo resource;

    @Context
    @Nullable
    HttpServletRequest servletRequest;

    /** For the server, which makes providers. */
    public AsyncSupportFilter() {}

    @Override
    public void filter(ContainerRequestContext request) {
        if (resource == null || servletRequest == null) {
            return;
        }
        Class<?> route = resource.getResourceClass();
        boolean stream = EventStreamResource.class.isAssignableFrom(route)
                && !request.getMethod().equals(HttpMethod.OPTIONS);
        if (!stream || servletRequest.isAsyncSupported()) {
            return;
        }
        if (told.add(route)) {
            ServletContext context = servletRequest.getServletContext();
            LOG.log(
                    Level.ERROR,
                    () -> "No stream of " + route.getName() + " can start: a servlet filter on its path, or"
                            + " the JAX-RS servlet, does not support asynchronous requests. Set asyncSupported = true in"
                            + " @WebFilter, or <async-supported>true</async-supported> in web.xml. Filters that may be meant: "
                            + suspects(context));
        }
        request.abortWith(Response.serverError()
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ControlEvents.errorJson(
                        "misconfigured", "No stream can start here; the server's log says why.", List.of()))
                .build());
    }

    /** No interface tells which filters support it: the application's own, but those whose annotation says that they do. */
    private static String suspects(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .filter(AsyncSupportFilter::isSuspect)
                .map(filter ->
                        filter.getName() + " (" + filter.getClassName() + ", " + filter.getUrlPatternMappings() + ")")
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static boolean isSuspect(FilterRegistration filter) {
        // The loader of the whole archive, since this library is in it.
        ClassLoader application = AsyncSupportFilter.class.getClassLoader();
        try {
            Class<?> type = Class.forName(filter.getClassName(), false, application);
            WebFilter annotation = type.getAnnotation(WebFilter.class);
            return application.equals(type.getClassLoader()) && (annotation == null || !annotation.asyncSupported());
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // The server's own.
        }
    }
}
