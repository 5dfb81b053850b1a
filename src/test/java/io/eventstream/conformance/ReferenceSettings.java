package io.eventstream.conformance;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The reference's settings as ours. */
final class ReferenceSettings {

    private static final String ORIGIN = "EVENTSTREAM_ALLOW_ORIGIN";
    private static final String ORIGINS = "EVENTSTREAM_ALLOW_ORIGINS";
    private static final Map<String, String> KEYS = Map.of(
            ORIGIN,
            "eventstream.cors.allow-origins",
            ORIGINS,
            "eventstream.cors.allow-origins",
            "EVENTSTREAM_ALLOW_CREDENTIALS",
            "eventstream.cors.allow-credentials",
            "EVENTSTREAM_ALLOW_HEADERS",
            "eventstream.cors.allow-headers");

    private ReferenceSettings() {}

    /** {@return our settings; empty if one of them has no counterpart} */
    static Optional<Map<String, String>> ours(Vector vector) {
        Map<String, JsonValue> theirs = vector.settings();
        if (!KEYS.keySet().containsAll(theirs.keySet())) {
            return Optional.empty();
        }
        var ours = new TreeMap<String, String>();
        theirs.forEach((name, value) -> {
            if (!name.equals(ORIGINS) || !theirs.containsKey(ORIGIN)) {
                ours.put(KEYS.get(name), text(value));
            }
        });
        return Optional.of(ours);
    }

    /**
     * Which origin we name, where the reference has a list: the only one, or the one that equals {@code Origin}.
     *
     * @return empty where the settings hold no list, so that the recorded header counts
     */
    static Optional<String> originOfList(Vector vector) {
        Map<String, JsonValue> theirs = vector.settings();
        if (theirs.containsKey(ORIGIN) || !(theirs.get(ORIGINS) instanceof JsonArray list)) {
            return Optional.empty();
        }
        List<String> origins = list.getValuesAs(JsonString::getString);
        String origin = vector.requestHeaders().getOrDefault("Origin", "");
        return Optional.of(origins.size() == 1 ? origins.get(0) : origins.contains(origin) ? origin : "");
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        return value instanceof JsonArray list
                ? String.join(",", list.getValuesAs(JsonString::getString))
                : value.toString();
    }
}
