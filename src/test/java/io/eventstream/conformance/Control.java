package io.eventstream.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.conformance.Vector.Step;
import io.eventstream.testing.RawHttp;
import jakarta.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Makes the application do things; a connection is kept for it. One thread at a time. */
final class Control implements AutoCloseable {

    /** Steps that need nothing to be done: accounts are made by the header alone, settings by the deployment. */
    private static final List<String> NOTHING_TO_DO = List.of("user", "settings");

    private static final List<String> KNOWN =
            List.of("send", "deny", "kick", "permission_changed", "rolled_back_send", "user", "settings");

    private final RawHttp connection;

    Control(URI base) {
        this.connection = RawHttp.connect(base);
    }

    /** {@return whether all steps of a vector can be done} */
    static boolean knows(Vector vector) {
        return vector.setup().stream().map(Step::action).allMatch(KNOWN::contains)
                && vector.afterOpen().stream().map(Step::action).allMatch(KNOWN::contains);
    }

    void reset() {
        post("reset", "");
    }

    void run(Step step) {
        if (!NOTHING_TO_DO.contains(step.action())) {
            post(step.action(), step.parameters().toString());
        }
    }

    /** Fires a message with JSON data. */
    void send(String channel, Object data) {
        post("send", Json.createObjectBuilder(Map.of("channel", channel, "data", data))
                .build()
                .toString());
    }

    /** Fires a message with text. */
    void sendRaw(String channel, String type, String text) {
        post("send", Json.createObjectBuilder(Map.of("channel", channel, "type", type, "raw", text))
                .build()
                .toString());
    }

    void post(String action, String body) {
        assertThat(answer(action, body).status()).as(connection.text()).isEqualTo(204);
    }

    RawHttp answer(String action, String body) {
        return connection
                .request("POST", "/control/" + action, Map.of("Content-Type", "application/json"), body)
                .awaitEnd();
    }

    @Override
    public void close() {
        connection.close();
    }
}
