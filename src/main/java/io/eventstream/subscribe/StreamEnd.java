package io.eventstream.subscribe;

import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;

/**
 * Ends a stream's response. Elsewhere by its context; but Jersey listens for the context's end and then completes it once
 * more, which Payara logs as a warning with a stack for every stream, so there Jersey is asked to end it itself: by its
 * response writer, since to keep the {@link AsyncResponse} would keep the whole request, 6 KiB for every stream.
 */
final class StreamEnd {

    private static final String JERSEY = "org.glassfish.jersey.";

    private StreamEnd() {}

    static Runnable of(Exchange exchange, AsyncContext context) {
        return exchange.answer().getClass().getName().startsWith(JERSEY) ? byJersey(exchange) : context::complete;
    }

    /** By reflection, since elsewhere there is no Jersey. */
    private static Runnable byJersey(Exchange exchange) {
        try {
            Object request = exchange.headers();
            Method responseWriter = request.getClass().getMethod("getResponseWriter");
            Object writer = responseWriter.invoke(request);
            Method commit = responseWriter.getReturnType().getMethod("commit");
            return () -> invoke(commit, writer);
        } catch (ReflectiveOperationException e) {
            // Another Jersey than we know. The response is long committed, so that this answer's status goes nowhere.
            AsyncResponse answer = exchange.answer();
            return () -> answer.resume(Response.ok().build());
        }
    }

    private static void invoke(Method method, Object on) {
        try {
            method.invoke(on);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
