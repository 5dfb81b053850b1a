package io.eventstream.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.conformance.Vector.Step;
import io.eventstream.testapp.Control;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs what says which rows the reference has after some messages. Tables are each one's own, so what is compared is what they
 * give back: each event, by a client that begins with the earliest, and where the channel is.
 */
final class StorageVectors {

    private StorageVectors() {}

    static void run(Vector vector, URI base) {
        try (var control = new Control(base)) {
            control.reset();
            control.clearStorage();
            vector.setup().forEach(step -> Steps.run(step, control));

            Set<String> others = sentTo(vector);
            for (JsonObject counter : vector.expect().getJsonArray("counters").getValuesAs(JsonObject.class)) {
                String channel = counter.getString("name");
                others.remove(channel);
                assertThat(currentId(control, channel)).isEqualTo(channel + ":" + counter.getInt("value"));
                List<JsonObject> rows = rows(vector, channel);
                same(rows, events(base, channel, rows.size()));
            }
            assertThat(others)
                    .allSatisfy(channel -> assertThat(control.stored(channel)).isEmpty());
            control.clearStorage();
        }
    }

    private static String currentId(Control control, String channel) {
        return control.answer("current_id", "[\"" + channel + "\"]").text();
    }

    /** Without the placeholder that the reference needs for a channel in which nothing is. */
    private static List<JsonObject> rows(Vector vector, String channel) {
        return vector.expect().getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .filter(row -> row.getString("channel").equals(channel) && row.getInt("eid") > 0)
                .toList();
    }

    private static List<SseParser.Event> events(URI base, String channel, int count) {
        try (var client = RawHttp.get(base, "/events?channel=" + channel + "&lastEventId=earliest")) {
            client.await("all events", () -> eventsOf(client).size() >= count);
            return eventsOf(client);
        }
    }

    private static List<SseParser.Event> eventsOf(RawHttp client) {
        return new SseParser()
                .feed(client.body()).stream()
                        .filter(event -> !event.type().startsWith("stream-"))
                        .toList();
    }

    private static void same(List<JsonObject> rows, List<SseParser.Event> events) {
        assertThat(events).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            JsonObject row = rows.get(i);
            SseParser.Event event = events.get(i);
            assertThat(event.type()).isEqualTo(row.getString("type"));
            assertThat(event.lastEventId()).isEqualTo(row.getString("channel") + ":" + row.getInt("eid"));
            // The column holds the data as a JSON text, which is JSON itself or any text.
            String data = ((JsonString) JsonMeaning.parse(row.getString("data")).orElseThrow()).getString();
            assertThat(event.data()).matches(text -> text.equals(data) || JsonMeaning.equal(data, text), data);
        }
    }

    private static Set<String> sentTo(Vector vector) {
        return vector.setup().stream()
                .filter(step -> step.action().equals("send"))
                .map(Step::parameters)
                .map(sent -> sent.asJsonObject().getString("channel"))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
