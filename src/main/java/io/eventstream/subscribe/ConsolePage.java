package io.eventstream.subscribe;

import io.eventstream.channel.PublishToken;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.config.PresenceKind;
import io.eventstream.sse.JsonTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The console: one page that shows a stream and publishes. It is one response, and its policy lets nothing run but its
 * own script, whatever an event holds. Safe for use by many threads.
 */
@ApplicationScoped
public class ConsolePage {

    private static final String STYLE_MARK = "/*{console.css}*/";
    private static final String SCRIPT_MARK = "/*{console.js}*/";
    private static final String SETTINGS_MARK = "{settings}";

    private final PublishToken token;
    private final boolean countsListeners;
    private final String page;
    private final String policy;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    ConsolePage() {
        this.token = null;
        this.countsListeners = false;
        this.page = "";
        this.policy = "";
    }

    @Inject
    ConsolePage(PublishToken token, EventStreamConfig config) {
        this.token = token;
        this.countsListeners = config.presence().kind() != PresenceKind.OFF;
        String style = resource("console.css");
        String script = resource("console.js") + resource("console-stored.js") + resource("console-listeners.js");
        this.page = resource("console.html").replace(STYLE_MARK, style).replace(SCRIPT_MARK, script);
        this.policy = "default-src 'none'; script-src " + hash(script) + "; style-src " + hash(style)
                + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** {@return the page for the stream at that address} */
    Response response(UriInfo uri, Collection<String> channels) {
        String query = uri.getRequestUri().getRawQuery();
        String path = uri.getRequestUri().getRawPath();
        String events =
                UriBuilder.fromUri(uri.getBaseUri()).path("events").build().getRawPath();
        ResponseBuilder response = Response.ok(
                html(query == null ? path : path + "?" + query, events, channels),
                MediaType.TEXT_HTML + ";charset=UTF-8");
        headers().forEach(response::header);
        return response.build();
    }

    /**
     * The page.
     *
     * @param stream path and query of the stream to show; empty for none
     * @param events path of the open routes
     * @param channels those in the stream
     * @return HTML
     */
    String html(String stream, String events, Collection<String> channels) {
        String settings = JsonTexts.provider()
                .createObjectBuilder()
                .add("stream", stream)
                .add("events", events)
                .add("channels", JsonTexts.provider().createArrayBuilder(List.copyOf(channels)))
                .add("token", token.forConsole())
                .add("presence", countsListeners)
                .add("version", version())
                .build()
                .toString()
                // So that no text in it can end the script element.
                .replace("<", "\\u003c");
        return page.replace(SETTINGS_MARK, settings);
    }

    /** {@return the headers that go with the page} */
    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Security-Policy", policy);
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Vary", "Accept");
        return headers;
    }

    private static String version() {
        return Optional.ofNullable(ConsolePage.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private static String resource(String name) {
        try (InputStream in = ConsolePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The library lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
