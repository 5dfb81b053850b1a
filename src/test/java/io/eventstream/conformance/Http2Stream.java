package io.eventstream.conformance;

import static org.awaitility.Awaitility.await;

import io.eventstream.testing.SseParser;
import io.eventstream.testing.SseParser.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Subscription;

/** One stream of a client that may have several on a connection. A test's thread asks, the client's threads answer. */
final class Http2Stream implements Flow.Subscriber<List<ByteBuffer>> {

    private static final List<String> STREAMS_OWN = List.of("stream-open", "keep-alive");

    private final SseParser parser = new SseParser();
    private final CompletableFuture<ResponseInfo> head = new CompletableFuture<>();
    private volatile Subscription subscription;
    private volatile boolean reading = true;
    private volatile String end = "";

    private Http2Stream() {}

    /** Opens one; returns once {@code stream-open} has come. */
    static Http2Stream open(HttpClient client, URI at) {
        var stream = new Http2Stream();
        client.sendAsync(HttpRequest.newBuilder(at).build(), info -> {
                    stream.head.complete(info);
                    return BodySubscribers.fromSubscriber(stream);
                })
                .whenComplete((response, failure) -> {
                    stream.end = failure == null ? "by the server" : failure.toString();
                    if (failure != null) {
                        stream.head.completeExceptionally(failure);
                    }
                });
        await("stream-open from " + at).until(() -> stream.count("stream-open") == 1);
        return stream;
    }

    /** {@return status, headers and version} */
    ResponseInfo head() {
        return head.join();
    }

    /** {@return the events so far, but for {@code stream-open} and {@code keep-alive}} */
    synchronized List<Event> events() {
        return parser.events().stream()
                .filter(event -> !STREAMS_OWN.contains(event.type()))
                .toList();
    }

    /** {@return how many events of that type have come} */
    synchronized long count(String type) {
        return parser.events().stream()
                .filter(event -> event.type().equals(type))
                .count();
    }

    /** {@return why it has ended; empty while it has not} */
    String end() {
        return end;
    }

    /** From now on takes nothing, so that the window which the server may fill is not opened any more. */
    void stopReading() {
        reading = false;
    }

    /** Takes what has come meanwhile, and goes on. */
    void goOnReading() {
        reading = true;
        subscription.request(1);
    }

    /** Tells the server that it wants no more of this stream. */
    void cancel() {
        subscription.cancel();
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        synchronized (this) {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                parser.feed(bytes);
            }
        }
        if (reading) {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end = failure.toString();
    }

    @Override
    public void onComplete() {
        end = "by the server";
    }
}
