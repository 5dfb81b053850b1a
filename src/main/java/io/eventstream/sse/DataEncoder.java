package io.eventstream.sse;

import io.eventstream.api.DataNotEncodableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Values to text: by the application's {@link Jsonb} where it has one, as a bean or by a {@link ContextResolver}, else
 * by the server's default. Safe for use by many threads.
 */
@ApplicationScoped
public class DataEncoder {

    private final @Nullable Instance<Jsonb> beans;
    private volatile @Nullable Providers providers;
    private volatile @Nullable Jsonb chosen;
    private volatile @Nullable Jsonb fallback;

    /** For the client proxy only. */
    DataEncoder() {
        this(null);
    }

    @Inject
    DataEncoder(@Nullable Instance<Jsonb> beans) {
        this.beans = beans;
    }

    /**
     * Makes the providers of the JAX-RS application known.
     *
     * @param found where its context resolvers and writers are
     */
    public void use(Providers found) {
        providers = found;
    }

    /**
     * A value as JSON.
     *
     * @param channel the channel that it is for
     * @param data the value, or null
     * @return its text
     * @throws DataNotEncodableException if JSON-B cannot write it
     */
    public String json(String channel, @Nullable Object data) {
        if (data == null) {
            return "null";
        }
        try {
            return jsonb().toJson(data);
        } catch (RuntimeException e) {
            throw new DataNotEncodableException(
                    channel,
                    "cannot be written by JSON-B (" + e.getMessage() + "): send what it can write, or text with raw",
                    e);
        }
    }

    /**
     * The data of an event that was made with JAX-RS.
     *
     * @param channel the channel that it is for
     * @param event an event with data
     * @return its text
     * @throws DataNotEncodableException if nothing can write it
     */
    public String text(String channel, OutboundSseEvent event) {
        Object data = event.getData();
        if (data instanceof CharSequence) {
            return data.toString();
        }
        MediaType mediaType = event.getMediaType() == null ? MediaType.TEXT_PLAIN_TYPE : event.getMediaType();
        if (mediaType.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            return json(channel, data);
        }
        Type genericType = event.getGenericType() == null ? event.getType() : event.getGenericType();
        return written(channel, data, event.getType(), genericType, mediaType);
    }

    private String written(String channel, Object data, Class<?> type, Type genericType, MediaType mediaType) {
        Providers known = providers;
        @SuppressWarnings("unchecked") // a writer that was asked for by the data's own class
        MessageBodyWriter<Object> writer = known == null
                ? null
                : (MessageBodyWriter<Object>)
                        known.getMessageBodyWriter(type, genericType, new Annotation[0], mediaType);
        if (writer == null) {
            throw new DataNotEncodableException(
                    channel, "has no MessageBodyWriter for " + type.getName() + " as " + mediaType, null);
        }
        var out = new ByteArrayOutputStream();
        try {
            writer.writeTo(data, type, genericType, new Annotation[0], mediaType, new MultivaluedHashMap<>(), out);
        } catch (IOException | RuntimeException e) {
            throw new DataNotEncodableException(channel, "cannot be written as " + mediaType, e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private Jsonb jsonb() {
        Jsonb found = chosen;
        if (found == null) {
            found = applications();
            // Until the JAX-RS application has started its resolver may still come, so a default is not kept for good.
            if (found != null) {
                chosen = found;
            } else {
                found = fallback();
            }
        }
        return found;
    }

    private @Nullable Jsonb applications() {
        if (beans != null && beans.isResolvable()) {
            return beans.get();
        }
        Providers known = providers;
        ContextResolver<Jsonb> resolver =
                known == null ? null : known.getContextResolver(Jsonb.class, MediaType.APPLICATION_JSON_TYPE);
        return resolver == null ? null : resolver.getContext(Object.class);
    }

    private Jsonb fallback() {
        Jsonb made = fallback;
        if (made == null) {
            made = JsonbBuilder.create();
            fallback = made;
        }
        return made;
    }
}
