package io.eventstream.subscribe;

import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;

/**
 * Ends a stream's response. Elsewhere by its context; but Jersey listens for the context's end and then completes it once
 * more, which Payara logs as a warning with a stack for every stream, so there Jersey is asked to end it itself. The
 * response is long committed, so that no status or header of this answer goes anywhere.
 */
final class StreamEnd {

    private static final String JERSEY = "org.glassfish.jersey.";

    private StreamEnd() {}

    static Runnable of(AsyncResponse answer, AsyncContext context) {
        return answer.getClass().getName().startsWith(JERSEY)
                ? () -> answer.resume(Response.ok().build())
                : context::complete;
    }
}
