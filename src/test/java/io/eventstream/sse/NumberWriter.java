package io.eventstream.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Writes numbers that are not negative. */
final class NumberWriter implements MessageBodyWriter<Integer> {

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == Integer.class && genericType == Integer.class;
    }

    @Override
    public void writeTo(
            Integer number,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        if (number < 0) {
            throw new IOException("no negative numbers");
        }
        out.write(("number " + number + " as " + mediaType + " é").getBytes(UTF_8));
    }
}
