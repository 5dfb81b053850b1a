package io.eventstream.broadcast;

import io.eventstream.sse.WireEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a sink that an application's own resource method was given. At most one {@code send} is under way; the next
 * follows its completion, on a thread for sinks that may block, since on some servers {@code send} does.
 */
final class EventSink implements Sink {

    private final SseEventSink sink;
    private final Runnable wake;
    private final BiConsumer<SseEventSink, @Nullable Throwable> atEnd;
    private final Deque<WireEvent> unsent = new ArrayDeque<>();

    /** For whoever has the right to drain. */
    private boolean sent;

    private volatile boolean underWay;
    private volatile @Nullable Throwable failure;

    /**
     * Creates one.
     *
     * @param wake called when it may be ready again
     * @param atEnd told of the end, with the reason where sending failed
     */
    EventSink(SseEventSink sink, Runnable wake, BiConsumer<SseEventSink, @Nullable Throwable> atEnd) {
        this.sink = sink;
        this.wake = wake;
        this.atEnd = atEnd;
    }

    @Override
    public boolean ready() throws IOException {
        while (!underWay && !unsent.isEmpty()) {
            send(unsent.remove());
        }
        Throwable failed = failure;
        if (failed != null) {
            throw new IOException("The sink has failed", failed);
        }
        if (sink.isClosed()) {
            throw new IOException("The sink is closed");
        }
        return !underWay;
    }

    @Override
    public void write(byte[] bytes) {
        unsent.addAll(WireEvent.parse(bytes));
    }

    private void send(WireEvent event) {
        underWay = true;
        sent = true;
        CompletionStage<?> stage = sink.send(new WireOutboundEvent(event));
        stage.whenComplete((result, failed) -> {
            if (failed != null) {
                failure =
                        failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
            }
            underWay = false;
            wake.run();
        });
    }

    @Override
    public void flush() {
        // Each send flushes; whether it is done is what ready() says.
    }

    @Override
    public void complete(Ending end, @Nullable Exception failed) {
        unsent.clear();
        Throwable cause = failure;
        if (end.reason() == Ending.Reason.RELEASED) {
            return;
        }
        try {
            close();
        } catch (RuntimeException e) {
            cause = cause == null ? e : cause;
        }
        atEnd.accept(sink, cause);
    }

    /** What has sent nothing yet runs the application's response filters now, which may want its class loader. */
    private void close() {
        if (sent) {
            ServerCall.make(sink, sink::close);
        } else {
            sink.close();
        }
    }

    @Override
    public boolean mayBlock() {
        return true;
    }
}
