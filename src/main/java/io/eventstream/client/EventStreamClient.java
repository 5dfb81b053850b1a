package io.eventstream.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.api.StreamEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sends to the channels of a server, and listens to them, from any Java program; needs the JDK alone.
 *
 * <pre>{@code
 * var client = EventStreamClient.of(URI.create("http://localhost:8080/events")).withToken("secret");
 * client.send("test", "message", "{\"text\":\"hello world\"}").join();
 * try (var listening = client.listen(event -> System.out.println(event.data()), "test")) {
 *     listening.ended().join();
 * }
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads; its connections end by themselves.
 */
public final class EventStreamClient implements EventSender {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private final HttpClient http;
    private final URI address;
    private final Map<String, String> headers;
    private final Duration silence;

    private EventStreamClient(HttpClient http, URI address, Map<String, String> headers, Duration silence) {
        this.http = http;
        this.address = address;
        this.headers = headers;
        this.silence = silence;
    }

    /**
     * A client of the server at this address.
     *
     * @param address of the open routes, such as {@code http://localhost:8080/events}; a query is kept
     * @return the client
     * @throws IllegalArgumentException if it is not an absolute http or https address
     */
    public static EventStreamClient of(URI address) {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("The address must be like http://localhost:8080/events, was " + address);
        }
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // a stream that is closed must not take others with it
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        return new EventStreamClient(http, address, Map.of(), SILENCE);
    }

    /**
     * The same client with a token, sent as {@code Authorization: Bearer}.
     *
     * @param token that of the server's {@code eventstream.publish.token}
     * @return a new client
     */
    public EventStreamClient withToken(String token) {
        return withHeader("Authorization", "Bearer " + token);
    }

    /**
     * The same client, which sends a header with each request.
     *
     * @param name of the header
     * @param value of the header
     * @return a new client
     * @throws IllegalArgumentException if they cannot be a header
     */
    public EventStreamClient withHeader(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        HttpRequest.newBuilder(address).header(name, value); // tells now what is wrong with it
        return new EventStreamClient(http, address, all, silence);
    }

    /**
     * The same client, which takes a stream for broken when nothing came for so long, not even a keep-alive.
     *
     * @param atMost longer than the server's {@code eventstream.keep-alive}; 90 seconds where it is not set
     * @return a new client
     * @throws IllegalArgumentException if it is not positive
     */
    public EventStreamClient withSilence(Duration atMost) {
        if (atMost.isNegative() || atMost.isZero()) {
            throw new IllegalArgumentException("The silence must be positive, was " + atMost);
        }
        return new EventStreamClient(http, address, headers, atMost);
    }

    URI address() {
        return address;
    }

    Duration silence() {
        return silence;
    }

    /**
     * Sends an event. The stage ends with {@link RequestRefusedException} where the server does not want it, and with
     * {@link IOException} where the server cannot be reached or the connection broke, when the event may be sent or not.
     *
     * @param channel where to
     * @param type of the event
     * @param json its data
     * @return completed with what was sent; its number where the channel is reliable
     */
    @Override
    public CompletableFuture<StreamEvent> send(String channel, String type, String json) {
        return send(channel, type, json, "application/json");
    }

    /**
     * Sends an event whose data is any text.
     *
     * @param channel where to
     * @param type of the event
     * @param text its data
     * @return as {@link #send}
     */
    @Override
    public CompletableFuture<StreamEvent> sendText(String channel, String type, String text) {
        return send(channel, type, text, "text/plain; charset=utf-8");
    }

    private CompletableFuture<StreamEvent> send(String channel, String type, String data, String contentType) {
        HttpRequest request = request(List.of("channel", channel, "type", type))
                .timeout(ANSWER)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(Objects.requireNonNull(data, "data")))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> {
            if (answer.statusCode() != 200) {
                throw RequestRefusedException.of(answer.statusCode(), answer.body());
            }
            return new StreamEvent(channel, SmallJson.number(answer.body(), "id"), type, data);
        });
    }

    /**
     * Listens to channels from now on, as a browser does: a stream that breaks is opened again, where it was.
     *
     * @param listener is told what comes, by one thread
     * @param channels their names
     * @return what ends it
     */
    public Listening listen(StreamListener listener, String... channels) {
        return listen(listener, StreamStart.now(), List.of(channels));
    }

    /**
     * Listens to channels from a given place on.
     *
     * @param listener is told what comes, by one thread
     * @param start where to begin
     * @param channels their names
     * @return what ends it
     */
    public Listening listen(StreamListener listener, StreamStart start, Collection<String> channels) {
        var listening = new Listening(this, listener, start, List.copyOf(channels));
        listening.start();
        return listening;
    }

    HttpResponse<InputStream> open(List<String> channels, StreamStart start, String lastEventId)
            throws IOException, InterruptedException {
        List<String> query = new ArrayList<>();
        channels.forEach(channel -> query.addAll(List.of("channel", channel)));
        HttpRequest.Builder request;
        if (lastEventId.isEmpty()) {
            query.addAll(start.query());
            request = request(query);
        } else {
            request = request(query).header("Last-Event-ID", lastEventId);
        }
        return http.send(request.header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
    }

    /** Does nothing: its connections end by themselves, and streams are ended one by one. */
    @Override
    public void close() {}

    private HttpRequest.Builder request(List<String> query) {
        String text = IntStream.range(0, query.size() / 2)
                .mapToObj(i -> query.get(2 * i) + "=" + URLEncoder.encode(query.get(2 * i + 1), UTF_8))
                .collect(Collectors.joining("&"));
        String before = address.toString();
        var request = HttpRequest.newBuilder(URI.create(before + (address.getRawQuery() == null ? "?" : "&") + text));
        headers.forEach(request::header);
        return request;
    }
}
