package io.eventstream.broadcast;

import io.eventstream.sse.WireEvent;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** An encoded event for a server's own sink, which encodes it once more. */
record WireOutboundEvent(WireEvent event) implements OutboundSseEvent {

    @Override
    public Class<?> getType() {
        return String.class;
    }

    @Override
    public Type getGenericType() {
        return String.class;
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public @Nullable Object getData() {
        return event.comment().isEmpty()
                        || !event.data().isEmpty()
                        || !event.type().isEmpty()
                ? event.data()
                : null;
    }

    @Override
    public @Nullable String getId() {
        return event.id().isEmpty() ? null : event.id();
    }

    @Override
    public @Nullable String getName() {
        return event.type().isEmpty() ? null : event.type();
    }

    @Override
    public @Nullable String getComment() {
        return event.comment().isEmpty() ? null : event.comment();
    }

    @Override
    public long getReconnectDelay() {
        return event.retryMillis();
    }

    @Override
    public boolean isReconnectDelaySet() {
        return event.retryMillis() >= 0;
    }
}
