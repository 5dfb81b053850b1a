package io.eventstream.broadcast;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server's sink, whose sends the test completes. */
final class FakeEventSink implements SseEventSink {

    private final boolean atOnce;
    final List<OutboundSseEvent> sent = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Object>> underWay = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    FakeEventSink(boolean atOnce) {
        this.atOnce = atOnce;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        if (atOnce) {
            sent.add(event);
            return CompletableFuture.completedFuture(event);
        }
        var stage = new CompletableFuture<Object>();
        underWay.add(stage); // first: who sees what was sent completes it
        sent.add(event);
        return stage;
    }

    @Override
    public void close() {
        closed = true;
    }

    List<Object> data() {
        return sent.stream().map(OutboundSseEvent::getData).toList();
    }
}
