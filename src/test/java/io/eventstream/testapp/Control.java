package io.eventstream.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testing.RawHttp;
import jakarta.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the test application do things; a connection is kept for it. One thread at a time. */
public final class Control implements AutoCloseable {

    private final RawHttp connection;

    /** Connects to an application at that address. */
    public Control(URI base) {
        this.connection = RawHttp.connect(base).patience(Duration.ofMinutes(1));
    }

    /** Makes everything as it was at first. */
    public void reset() {
        post("reset", "");
    }

    /** Has a channel left alone by {@link #clearStorage} and {@link #endStreams}. */
    public void keep(String channel) {
        connection.request("POST", "/storage/keep", Map.of(), channel);
        assertThat(connection.awaitEnd().status()).as(connection.text()).isEqualTo(204);
    }

    /** Ends all streams of channels that were sent to. */
    public void endStreams() {
        connection.request("POST", "/storage/end-streams", Map.of(), "");
        assertThat(connection.awaitEnd().status()).as(connection.text()).isEqualTo(204);
    }

    /** Empties the application's storage; channels begin with 1 again. */
    public void clearStorage() {
        connection.request("POST", "/storage/clear", Map.of(), "");
        assertThat(connection.awaitEnd().status()).as(connection.text()).isEqualTo(204);
    }

    /** Makes events older, as the step of that name has it, and purges. */
    public void age(String body) {
        connection.request("POST", "/storage/age", Map.of("Content-Type", "application/json"), body);
        assertThat(connection.awaitEnd().status()).as(connection.text()).isEqualTo(204);
    }

    /** {@return number and data of what is stored of a channel, as {@code 1=data}; without a number {@code null=data}} */
    public List<String> stored(String channel) {
        String text = connection
                .request("GET", "/storage/rows?channel=" + channel, Map.of(), "")
                .awaitEnd()
                .text();
        return text.lines().toList();
    }

    /** Fires a message with JSON data. */
    public void send(String channel, Object data) {
        post(
                "send",
                Json.createObjectBuilder(Map.of("channel", channel, "data", data))
                        .build()
                        .toString());
    }

    /** Fires a message with text. */
    public void sendRaw(String channel, String type, String text) {
        post(
                "send",
                Json.createObjectBuilder(Map.of("channel", channel, "type", type, "raw", text))
                        .build()
                        .toString());
    }

    /** Fires numbered events; returns when all are fired. */
    public void load(String channel, int count, String more) {
        connection.request("POST", "/load?channel=" + channel + "&count=" + count + more, Map.of(), "");
        assertThat(connection.awaitEnd().status()).isEqualTo(204);
    }

    /** Does what must succeed. */
    public void post(String action, String body) {
        assertThat(answer(action, body).status()).as(connection.text()).isEqualTo(204);
    }

    /** {@return how many subscribers the application has} */
    public int subscribers() {
        return Integer.parseInt(connection
                .request("GET", "/control/subscribers", Map.of(), "")
                .awaitEnd()
                .text());
    }

    /** {@return numbers of the threads that we have begun for the application, and for no other on the same server} */
    public Set<Long> threads() {
        return connection
                .request("GET", "/control/threads", Map.of(), "")
                .awaitEnd()
                .text()
                .lines()
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    /** {@return what the application answers} */
    public RawHttp answer(String action, String body) {
        return connection
                .request("POST", "/control/" + action, Map.of("Content-Type", "application/json"), body)
                .awaitEnd();
    }

    @Override
    public void close() {
        connection.close();
    }
}
