package io.eventstream.it;

import io.eventstream.testing.SseParser;
import io.eventstream.testing.SseParser.Event;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows channels from their beginning on a thread of its own. Like a browser it comes back after the end of a connection,
 * with the last id it has seen; unlike one also after an answer that is no stream, which a server gives while the application
 * is not deployed yet. Safe for use by many threads.
 */
final class ReturningClient implements AutoCloseable {

    private static final Set<String> STREAMS_OWN = Set.of("stream-open", "keep-alive");
    private static final long PAUSE_MILLIS = 100;

    private final HttpClient http;
    private final URI stream;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Event> events = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "returning-client");
    private volatile int opened;
    /** Of the thread alone. */
    private String lastEventId = "";

    ReturningClient(HttpClient http, URI stream) {
        this.http = http;
        this.stream = stream;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            do {
                follow();
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void follow() throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(stream).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == 200) {
                    opened++;
                    read(body);
                }
            }
        } catch (IOException e) {
            // The server is gone.
        }
    }

    private void read(InputStream body) throws IOException {
        var parser = new SseParser();
        var buffer = new byte[8192];
        for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            List<Event> more = parser.feed(buffer, 0, length).stream()
                    .filter(event -> !STREAMS_OWN.contains(event.type()))
                    .toList();
            if (!parser.lastEventId().isEmpty()) {
                lastEventId = parser.lastEventId();
            }
            synchronized (events) {
                events.addAll(more);
            }
        }
    }

    /** {@return how many streams it has got} */
    int opened() {
        return opened;
    }

    /** {@return all events of all its streams, in the order in which they came} */
    List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
