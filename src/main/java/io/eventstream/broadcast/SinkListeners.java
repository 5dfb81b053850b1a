package io.eventstream.broadcast;

import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those whom an application wants told of the ends of its sinks. Safe for use by many threads. */
final class SinkListeners {

    private static final Logger LOG = System.getLogger(SinkListeners.class.getName());

    private final List<BiConsumer<SseEventSink, Throwable>> onError = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> onClose = new CopyOnWriteArrayList<>();

    void onError(BiConsumer<SseEventSink, Throwable> listener) {
        onError.add(listener);
    }

    void onClose(Consumer<SseEventSink> listener) {
        onClose.add(listener);
    }

    boolean isEmpty() {
        return onError.isEmpty() && onClose.isEmpty();
    }

    void ended(SseEventSink sink, @Nullable Throwable failure) {
        if (failure != null) {
            onError.forEach(listener -> told(() -> listener.accept(sink, failure)));
        }
        onClose.forEach(listener -> told(() -> listener.accept(sink)));
    }

    /** A listener that throws must not keep the others from being told. */
    private static void told(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A listener of a broadcaster failed", e);
        }
    }
}
