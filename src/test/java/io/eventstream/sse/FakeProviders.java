package io.eventstream.sse;

import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Providers of an application with at most one Jsonb and one writer. */
record FakeProviders(@Nullable Jsonb jsonb, @Nullable MessageBodyWriter<?> writer) implements Providers {

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable MessageBodyWriter<T> getMessageBodyWriter(
            Class<T> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return writer != null && writer.isWriteable(type, genericType, annotations, mediaType)
                ? (MessageBodyWriter<T>) writer
                : null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable ContextResolver<T> getContextResolver(Class<T> contextType, MediaType mediaType) {
        return jsonb == null || contextType != Jsonb.class ? null : type -> (T) jsonb;
    }

    @Override
    public <T> @Nullable MessageBodyReader<T> getMessageBodyReader(
            Class<T> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return null;
    }

    @Override
    public <T extends Throwable> @Nullable ExceptionMapper<T> getExceptionMapper(Class<T> type) {
        return null;
    }
}
