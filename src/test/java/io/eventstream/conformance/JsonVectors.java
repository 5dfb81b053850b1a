package io.eventstream.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.Control;
import io.eventstream.testing.RawHttp;
import jakarta.json.Json;
import java.net.URI;

/** Runs recorded JSON encodings: the application sends the value, a client looks at the data. */
final class JsonVectors {

    private JsonVectors() {}

    static void run(Vector vector, URI base) {
        String channel = "json";
        String step = Json.createObjectBuilder()
                .add("channel", channel)
                .add("sample", vector.input().getString("value"))
                .build()
                .toString();
        String expected = vector.expect().getString("json");
        try (var control = new Control(base);
                var client = RawHttp.get(base, "/events?channel=" + channel).awaitOpen()) {
            RawHttp answer = control.answer("send", step);
            if (JsonMeaning.parse(expected).isEmpty()) {
                assertThat(answer.status()).as("NaN and the like are refused").isEqualTo(400);
                assertThat(answer.text()).startsWith("DataNotEncodableException");
            } else {
                assertThat(answer.status()).as(answer.text()).isEqualTo(204);
                String data = client.awaitEvents(1).events().get(0).data();
                assertThat(JsonMeaning.alike(expected, data))
                        .as("%s says the same as %s", data, expected)
                        .isTrue();
            }
        }
    }
}
