package io.eventstream.subscribe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventstream.channel.ChannelFixtures;
import io.eventstream.config.ConfigFixtures;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The console page and the histories of a few channels, without a server: {@code news} has {@link #stored} events, and
 * each of the other channels has one answer of its own. Safe for use by many threads.
 */
final class CannedHistory implements AutoCloseable {

    static final String TOKEN = "token-of-the-test";
    static final int PAGE = 100;

    private static final Pattern HISTORY = Pattern.compile("/events/([^/]+)/history");
    private static final Pattern RANGE = Pattern.compile("after=(\\d+)(?:&limit=(\\d+))?");
    private static final String STORED_AT = "2026-01-31T12:00:00.250Z";

    private final HttpServer server;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final ConsolePage page =
            new ConsolePage(ChannelFixtures.token(ConfigFixtures.config()), ConfigFixtures.config());
    private volatile int oldest = 1;
    private volatile int newest = 1234;
    private volatile boolean down;

    CannedHistory() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** {@return where the page is for these channels, which it doesn't listen to} */
    URI page(String... channels) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/?" + String.join(",", channels));
    }

    /** {@return path and query of the histories that were asked for since the last time} */
    List<String> asked() {
        List<String> asked = List.copyOf(requests);
        requests.clear();
        return asked;
    }

    /** What is stored of {@code news} from now on. */
    void stored(int oldest, int newest) {
        this.oldest = oldest;
        this.newest = newest;
    }

    /** Whether the storage of {@code news} cannot be asked from now on. */
    void down(boolean down) {
        this.down = down;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            Matcher history = HISTORY.matcher(uri.getRawPath());
            if (history.matches()) {
                requests.add(uri.toString());
                answerHistory(exchange, URLDecoder.decode(history.group(1), StandardCharsets.UTF_8));
            } else {
                page.headers().forEach(exchange.getResponseHeaders()::set);
                String query = uri.getQuery() == null ? "" : uri.getQuery();
                List<String> channels = query.isEmpty() ? List.of() : List.of(query.split(","));
                send(exchange, 200, "text/html;charset=UTF-8", page.html("", "/events", channels));
            }
        }
    }

    private void answerHistory(HttpExchange exchange, String channel) throws IOException {
        boolean hasToken =
                ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        switch (channel) {
            case "news" -> {
                if (down) {
                    refuse(exchange, 503, "unavailable", "The storage cannot be asked now; come back soon");
                } else {
                    json(exchange, 200, news(exchange.getRequestURI().getQuery()));
                }
            }
            case "guarded" -> {
                if (hasToken) {
                    json(exchange, 200, events(channel, 1, 1, 1, 1));
                } else {
                    refuse(exchange, 401, "unauthorized", "Sign in, or send the header Authorization");
                }
            }
            case "others" -> refuse(exchange, 403, "forbidden", "The user ann may not publish to the channel others");
            case "live" -> refuse(exchange, 404, "not-found", "The channel live is not reliable");
            case "new" -> json(exchange, 200, events(channel, 1, 0, 1, 0));
            case "purged" -> json(exchange, 200, events(channel, 43, 42, 1, 0));
            default -> send(exchange, 404, "text/html", "<b>Nobody is here</b>");
        }
    }

    private String news(String query) {
        Matcher range = RANGE.matcher(query == null ? "" : query);
        int limit = range.matches() && range.group(2) != null ? Integer.parseInt(range.group(2)) : PAGE;
        int after = range.matches() ? Integer.parseInt(range.group(1)) : newest - limit;
        int first = Math.max(oldest, after + 1);
        return events("news", oldest, newest, first, Math.min(newest, first + limit - 1));
    }

    private static String events(String channel, int oldest, int newest, int first, int last) {
        JsonArrayBuilder events = Json.createArrayBuilder();
        for (int id = first; id <= last; id++) {
            events.add(Json.createObjectBuilder(Map.of(
                    "id", id, "type", "note", "data", data(id), "storedAt", STORED_AT, "skipUsers", skipped(id))));
        }
        return Json.createObjectBuilder()
                .add("channel", channel)
                .add("oldest", oldest)
                .add("newest", newest)
                .add("events", events)
                .build()
                .toString();
    }

    /** Markup, a long text and JSON, and a user who is left out, in some of them. */
    private static String data(int id) {
        return switch (id % 100) {
            case 32 -> "<img src=x onerror=\"document.title='owned'\">";
            case 33 -> "long ".repeat(1_000);
            default -> "{\"number\":" + id + ".0}";
        };
    }

    private static List<String> skipped(int id) {
        return id % 100 == 34 ? List.of("al", "bob") : List.of();
    }

    private static void refuse(HttpExchange exchange, int status, String condition, String text) throws IOException {
        json(exchange, status, "{\"condition\":\"" + condition + "\",\"text\":\"" + text + "\"}");
    }

    private static void json(HttpExchange exchange, int status, String json) throws IOException {
        send(exchange, status, "application/json", json);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
