package io.eventstream.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testing.RawHttp;
import jakarta.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

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
