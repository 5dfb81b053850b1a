package io.eventstream.subscribe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.broadcast.Subscriber;
import io.eventstream.config.ErrorStyle;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.CorsHeaders;
import io.eventstream.sse.ControlEvents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The responses of door 2: headers, the start of a stream, and refusals. Safe for use by many threads. */
@ApplicationScoped
class StreamResponses {

    private static final Logger LOG = System.getLogger(StreamResponses.class.getName());
    /** Seconds after which clients that found no room come back, spread so that they do not come together. */
    private static final int RETRY_LEAST = 5;

    private static final int RETRY_MOST = 15;

    /**
     * Small, since every write is followed by a flush: on Payara what is larger is written without a copy, and takes no
     * memory from the pool whose blocks the request of an idle connection keeps.
     */
    private static final int BUFFER_SIZE = 512;

    private final CorsHeaders cors;
    private final EventStreamConfig config;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    StreamResponses() {
        this(null, null);
    }

    @Inject
    StreamResponses(CorsHeaders cors, EventStreamConfig config) {
        this.cors = cors;
        this.config = config;
    }

    /**
     * Begins the stream.
     *
     * @return whether the subscriber has the response now; false where headers were all that was asked for, or the
     *     connection has failed already
     */
    public boolean start(Exchange exchange, Subscriber subscriber) {
        if (exchange.isHead()) {
            exchange.answer().resume(streamHeaders(Response.ok(), exchange).build());
            return false;
        }
        AsyncContext context = exchange.request().getAsyncContext();
        context.setTimeout(0);
        HttpServletResponse response = exchange.response();
        response.setBufferSize(BUFFER_SIZE);
        response.setContentType(MediaType.SERVER_SENT_EVENTS);
        headers(exchange.header("Origin")).forEach(response::setHeader);
        try {
            // Before the stream is non-blocking: Open Liberty sends nothing at all otherwise. Into an empty socket, so
            // this does not wait for the client; and headers and preamble are one packet.
            response.getOutputStream().write(ControlEvents.preamble());
            response.flushBuffer();
            subscriber.stream(context, StreamEnd.of(exchange, context));
            SuspendedAnswer.letGo(exchange.answer());
            return true;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The client has gone before its stream began", e);
            context.complete();
            return false;
        }
    }

    /** {@return the answer to a request that cannot be served} */
    public Response refusal(StreamRefusedException refused, Exchange exchange) {
        String text = refused.getMessage();
        String word = refused.condition().word();
        return switch (refused.condition()) {
            case ENDED ->
                streamHeaders(Response.status(400), exchange)
                        .type("text/html; charset=utf-8")
                        // As bytes: RESTEasy escapes the apostrophe of a text. None of it is the client's.
                        .entity((text + "\n").getBytes(UTF_8))
                        .build();
            case FULL, UNAVAILABLE ->
                streamHeaders(Response.status(503), exchange)
                        .header(
                                HttpHeaders.RETRY_AFTER,
                                ThreadLocalRandom.current().nextInt(RETRY_LEAST, RETRY_MOST))
                        .type(MediaType.APPLICATION_JSON)
                        .entity(ControlEvents.errorJson(word, text, refused.channels()))
                        .build();
            case BAD_REQUEST, FORBIDDEN ->
                config.errors() == ErrorStyle.STATUS
                        ? streamHeaders(Response.status(status(refused, exchange)), exchange)
                                .type(MediaType.APPLICATION_JSON)
                                .entity(ControlEvents.errorJson(word, text, refused.channels()))
                                .build()
                        : streamHeaders(Response.ok(), exchange)
                                .entity(ControlEvents.error(word, text, refused.channels()))
                                .build();
        };
    }

    private static int status(StreamRefusedException refused, Exchange exchange) {
        if (refused.condition() == StreamRefusedException.Condition.BAD_REQUEST) {
            return 400;
        }
        return exchange.security().getUserPrincipal() == null ? 401 : 403;
    }

    public Response preflight(@Nullable String origin) {
        ResponseBuilder response = Response.noContent();
        cors.ofPreflight(origin).forEach(response::header);
        return response.build();
    }

    private ResponseBuilder streamHeaders(ResponseBuilder response, Exchange exchange) {
        response.type(MediaType.SERVER_SENT_EVENTS_TYPE);
        headers(exchange.header("Origin")).forEach(response::header);
        return response;
    }

    private Map<String, String> headers(@Nullable String origin) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Cache-Control", "no-cache, no-transform");
        headers.put("X-Accel-Buffering", "no");
        headers.putAll(cors.of(origin));
        return headers;
    }
}
