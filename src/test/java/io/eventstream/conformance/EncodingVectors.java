package io.eventstream.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventstream.api.InvalidLastEventIdException;
import io.eventstream.api.LastEventId;
import io.eventstream.sse.ControlEvents;
import io.eventstream.sse.EventEncoder;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Runs recorded encodings against the encoder. */
final class EncodingVectors {

    /** Kinds that need no server. */
    static final Set<String> KINDS = Set.of("encode", "encode-error", "id-format", "id-parse");

    private EncodingVectors() {}

    static void run(Vector vector) {
        switch (vector.kind()) {
            case "encode" -> encode(vector);
            case "encode-error" -> encodeError(vector);
            case "id-format" -> formatId(vector);
            case "id-parse" -> parseId(vector);
            default -> throw new IllegalArgumentException("No encoding, was " + vector.kind());
        }
    }

    private static void encode(Vector vector) {
        JsonObject input = vector.input();
        String type = input.getString("type");
        String id = input.isNull("id") ? "" : input.getString("id");
        boolean json = input.getBoolean("json_encode");
        String data = json ? input.get("data").toString() : input.getString("data");
        byte[] bytes = input.getBoolean("percent_escape")
                ? EventEncoder.encodePercentEscaped(type, id, data)
                : EventEncoder.encode(type, id, data);
        if (json) {
            assertSameButJson(expectedBytes(vector), new String(bytes, UTF_8));
        } else {
            assertThat(new String(bytes, UTF_8)).isEqualTo(expectedBytes(vector));
        }
    }

    private static void encodeError(Vector vector) {
        JsonObject input = vector.input();
        JsonValue extra = input.get("extra");
        List<String> channels = extra instanceof JsonObject more
                ? more.getJsonArray("channels").getValuesAs(JsonString::getString)
                : List.of();
        byte[] bytes = ControlEvents.error(input.getString("condition"), input.getString("text"), channels);
        assertSameButJson(expectedBytes(vector), new String(bytes, UTF_8));
    }

    private static void assertSameButJson(String expected, String actual) {
        int data = expected.indexOf("data: ") + "data: ".length();
        assertThat(actual.substring(0, Math.min(data, actual.length()))).isEqualTo(expected.substring(0, data));
        assertThat(JsonMeaning.equal(
                        expected.substring(data).strip(), actual.substring(data).strip()))
                .as("%s says the same as %s", actual, expected)
                .isTrue();
        assertThat(actual).endsWith("\n\n");
    }

    private static void formatId(Vector vector) {
        var positions = new TreeMap<String, String>();
        vector.input()
                .getJsonArray("ids")
                .getValuesAs(JsonArray.class)
                .forEach(part -> positions.put(part.getString(0), part.getString(1)));
        String expected = vector.expect().getString("id");
        assertThat(new LastEventId(positions).toString().split(",")).containsExactlyInAnyOrder(expected.split(","));
    }

    private static void parseId(Vector vector) {
        String id = vector.input().getString("id");
        if (vector.expect().containsKey("error")) {
            assertThatThrownBy(() -> LastEventId.parse(id)).isInstanceOf(InvalidLastEventIdException.class);
            return;
        }
        var expected = new TreeMap<String, String>();
        vector.expect()
                .getJsonArray("ids")
                .getValuesAs(JsonArray.class)
                .forEach(part -> expected.put(part.getString(0), part.getString(1)));
        assertThat(LastEventId.parse(id).positions()).isEqualTo(expected);
    }

    private static String expectedBytes(Vector vector) {
        return Vector.filled(vector.expect().getString("bytes_utf8"));
    }
}
