package io.eventstream.chaos;

import io.eventstream.api.LastEventId;
import io.eventstream.testing.SseParser;
import io.eventstream.testing.SseParser.Event;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Follows channels from their beginning, on a thread of its own. It comes back as a browser does, with the last id that it
 * has seen and after the stream's {@code retry:}, and, as behind a load balancer, each time to the next node. Safe for use by
 * many threads.
 */
final class Client implements AutoCloseable {

    /** Where a stream names none; as Chrome does, but not all at once. */
    private static final long LONGEST_PAUSE_MILLIS = 3_000;

    private final HttpClient http;
    private final List<URI> streams;
    private final Map<String, Seen> channels = new TreeMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "client");
    private volatile int opened;
    private volatile int resets;
    private volatile int errors;

    /** Of the thread alone. */
    private String lastEventId = "";

    private int next;

    Client(HttpClient http, List<URI> bases, int first, List<String> channels) {
        this.http = http;
        String query = channels.stream().map(channel -> "channel=" + channel).collect(Collectors.joining("&"));
        this.streams = bases.stream()
                .map(base -> URI.create(base + "/events?" + query + "&lastEventId=earliest"))
                .toList();
        this.next = first;
        channels.forEach(channel -> this.channels.put(channel, new Seen()));
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            long pause;
            do {
                pause = follow(streams.get(next % streams.size()));
                next++;
            } while (!closed.await(pause, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /** {@return how long to wait before the next one} */
    private long follow(URI stream) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(stream).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        var parser = new SseParser();
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == 200) {
                    read(parser, body);
                }
            }
        } catch (IOException e) {
            // The node is gone.
        }
        return parser.retry().orElse(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS));
    }

    private void read(SseParser parser, InputStream body) throws IOException {
        var buffer = new byte[8192];
        for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            for (Event event : parser.feed(buffer, 0, length)) {
                take(event);
            }
            if (!parser.lastEventId().isEmpty()) {
                lastEventId = parser.lastEventId();
            }
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written by this thread alone
    private void take(Event event) {
        switch (event.type()) {
            case "stream-open" -> opened++;
            case "keep-alive" -> {
                // That it came is all it says.
            }
            case "stream-error" -> errors++;
            case "stream-reset" -> {
                resets++;
                positions(event)
                        .forEach((channel, position) -> channels.get(channel).reset(Long.parseLong(position)));
            }
            default -> {
                String channel = Ledger.channel(Message.parse(event.data()));
                channels.get(channel).event(Long.parseLong(positions(event).get(channel)), event.data());
            }
        }
    }

    private static Map<String, String> positions(Event event) {
        return LastEventId.parse(event.lastEventId()).positions();
    }

    /** {@return what it has seen, by channel} */
    Map<String, Seen> channels() {
        return channels;
    }

    /** {@return whether it has seen so many events of each of its channels} */
    boolean hasReached(Map<String, Long> heads) {
        return channels.entrySet().stream()
                .allMatch(one -> one.getValue().last() >= heads.getOrDefault(one.getKey(), 0L));
    }

    /** {@return how many streams it has got} */
    int opened() {
        return opened;
    }

    /** {@return how often it was told {@code stream-reset}} */
    int resets() {
        return resets;
    }

    /** {@return how often it was told {@code stream-error}} */
    int errors() {
        return errors;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
