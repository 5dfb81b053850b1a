package io.eventstream.http;

import io.eventstream.config.EventStreamConfig;
import java.net.URI;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;

/** The beans of this package and requests for tests of others. */
public final class HttpFixtures {

    private static final URI BASE = URI.create("http://localhost:8080/app/api/");

    private HttpFixtures() {}

    /** With the origins of the settings. */
    public static CorsHeaders cors(EventStreamConfig config) {
        return new CorsHeaders(config);
    }

    /** A GET of that path and query with these headers, as Jersey would give it to a resource. */
    public static ContainerRequest get(String pathAndQuery, String... namesAndValues) {
        var request = new ContainerRequest(
                BASE, BASE.resolve(pathAndQuery), "GET", FakeSecurity.ANONYMOUS, new MapPropertiesDelegate(), null);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            request.header(namesAndValues[i], namesAndValues[i + 1]);
        }
        return request;
    }
}
