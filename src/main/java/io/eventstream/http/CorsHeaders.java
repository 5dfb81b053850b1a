package io.eventstream.http;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.config.EventStreamConfig.Cors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a response says to pages of other origins (Fetch, "CORS protocol"). One configured origin is always named; of
 * several the one that equals the request's {@code Origin}. Safe for use by many threads.
 */
@ApplicationScoped
public class CorsHeaders {

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String METHODS = "GET, HEAD, POST, OPTIONS";

    private final Cors cors;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    CorsHeaders() {
        this.cors = null;
    }

    @Inject
    CorsHeaders(EventStreamConfig config) {
        this.cors = config.cors();
    }

    /**
     * The headers of a response.
     *
     * @param origin the request's {@code Origin}, or null
     * @return name to value; none where no origin is configured
     */
    public Map<String, String> of(@Nullable String origin) {
        var headers = new LinkedHashMap<String, String>();
        if (cors.allowOrigins().isEmpty()) {
            return headers;
        }
        if (cors.allowOrigins().size() > 1) {
            headers.put("Vary", "Origin");
            if (!allows(origin)) {
                return headers;
            }
        }
        headers.put(ALLOW_ORIGIN, named(origin));
        if (cors.allowCredentials()) {
            headers.put("Access-Control-Allow-Credentials", "true");
        }
        if (!cors.allowHeaders().isEmpty()) {
            headers.put("Access-Control-Allow-Headers", String.join(", ", cors.allowHeaders()));
        }
        return headers;
    }

    /**
     * The headers of the answer to a preflight, which allows something to a configured origin alone.
     *
     * @param origin the request's {@code Origin}, or null
     * @return name to value
     */
    public Map<String, String> ofPreflight(@Nullable String origin) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Allow", METHODS);
        if (allows(origin)) {
            headers.putAll(of(origin));
            headers.put("Access-Control-Allow-Methods", METHODS);
        }
        headers.put("Vary", "Origin");
        return headers;
    }

    /**
     * Whether pages of an origin may send cookies and publish with them.
     *
     * @param origin the request's {@code Origin}
     * @return whether it is configured, with credentials
     */
    public boolean trusts(String origin) {
        return cors.allowCredentials() && allows(origin);
    }

    private boolean allows(@Nullable String origin) {
        return origin != null && (isForAll() || cors.allowOrigins().contains(origin));
    }

    private boolean isForAll() {
        return cors.allowOrigins().contains("*");
    }

    private String named(@Nullable String origin) {
        if (isForAll()) {
            return "*";
        }
        return origin != null && allows(origin) ? origin : cors.allowOrigins().get(0);
    }
}
