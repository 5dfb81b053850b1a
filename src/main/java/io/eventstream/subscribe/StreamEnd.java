package io.eventstream.subscribe;

import io.eventstream.broadcast.ServerCall;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/**
 * Ends a stream's response. Elsewhere by its context; but Jersey listens for the context's end and then completes it once
 * more, which Payara logs as a warning with a stack for every stream, so there Jersey's own hold of the context is
 * asked to end it. To keep the {@link AsyncResponse} for that would keep the whole request, 6 KiB for every stream.
 */
final class StreamEnd {

    private static final Logger LOG = System.getLogger(StreamEnd.class.getName());
    private static final String JERSEY = "org.glassfish.jersey.";
    private static final String DELEGATE = "org.glassfish.jersey.servlet.spi.AsyncContextDelegate";

    private StreamEnd() {}

    static Runnable of(Exchange exchange, AsyncContext context) {
        return exchange.answer().getClass().getName().startsWith(JERSEY)
                ? byJersey(exchange)
                : () -> ServerCall.make(context, context::complete);
    }

    /** By reflection, since elsewhere there is no Jersey. */
    private static Runnable byJersey(Exchange exchange) {
        try {
            Object request = exchange.headers();
            Object writer = request.getClass().getMethod("getResponseWriter").invoke(request);
            for (Field field : writer.getClass().getDeclaredFields()) {
                if (field.getType().getName().equals(DELEGATE)) {
                    field.setAccessible(true);
                    Object delegate = field.get(writer);
                    Method complete = field.getType().getMethod("complete");
                    return () -> invoke(complete, delegate);
                }
            }
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            LOG.log(Level.DEBUG, "Another Jersey than we know: each stream keeps its whole request in memory", e);
        }
        // The response is long committed, so that this answer's status goes nowhere.
        AsyncResponse answer = exchange.answer();
        return () -> answer.resume(Response.ok().build());
    }

    private static void invoke(Method method, Object on) {
        try {
            method.invoke(on);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
