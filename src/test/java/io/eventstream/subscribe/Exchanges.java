package io.eventstream.subscribe;

import io.eventstream.http.HttpFixtures;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import org.glassfish.jersey.server.ContainerRequest;

/** Requests for streams, with a response that must be left alone. */
final class Exchanges {

    private Exchanges() {}

    static Exchange get(String pathAndQuery, String... headers) {
        return of(HttpFixtures.get(pathAndQuery, headers));
    }

    static Exchange of(ContainerRequest request) {
        return of(request, request.getSecurityContext());
    }

    static Exchange of(ContainerRequest request, SecurityContext security) {
        return new Exchange(
                untouched(AsyncResponse.class),
                untouched(HttpServletRequest.class),
                untouched(HttpServletResponse.class),
                request.getUriInfo(),
                request,
                security);
    }

    private static <T> T untouched(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                Exchanges.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.toString());
                }));
    }
}
