package io.eventstream.conformance;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One recorded exchange or encoding.
 *
 * @param json as it stands in the file
 */
record Vector(JsonObject json) {

    private static final String PADDING = ":" + " ".repeat(2048);

    /**
     * Something that the application is made to do.
     *
     * @param action its name
     * @param parameters the rest
     * @param at seconds after the stream was opened; 0 for at once
     */
    record Step(String action, JsonValue parameters, double at) {}

    String name() {
        return json.getString("name");
    }

    String kind() {
        return json.getString("kind");
    }

    /** {@return which parts of the reference it was recorded with; empty where it needs no server} */
    String config() {
        return json.getString("config", "");
    }

    /** {@return whether the reference does wrong there, so that ours is something else} */
    boolean isBugOfTheOriginal() {
        return json.containsKey("original_bug");
    }

    JsonObject input() {
        return json.getJsonObject("input");
    }

    JsonObject expect() {
        return json.getJsonObject("expect");
    }

    /** {@return all answers that count as right} */
    List<JsonObject> accepted() {
        List<JsonObject> accepted = new ArrayList<>(List.of(expect()));
        if (json.containsKey("expect_any_of")) {
            accepted.addAll(json.getJsonArray("expect_any_of").getValuesAs(JsonObject.class));
        }
        return accepted;
    }

    JsonObject request() {
        return json.getJsonObject("request");
    }

    Map<String, String> requestHeaders() {
        var headers = new LinkedHashMap<String, String>();
        JsonValue given = request().get("headers");
        if (given != null) {
            given.asJsonObject().forEach((name, value) -> headers.put(name, ((JsonString) value).getString()));
        }
        return headers;
    }

    /** {@return whether the order of events and of the parts of ids is free} */
    boolean hasSeveralChannels() {
        return json.getBoolean("multi_channel", false)
                || request() != null && request().getString("path").matches(".*(fixed2|obj2|channel=.*channel=).*");
    }

    List<Step> setup() {
        return steps("setup");
    }

    List<Step> afterOpen() {
        return steps("after_open");
    }

    private List<Step> steps(String key) {
        List<Step> steps = new ArrayList<>();
        JsonArray array = json.containsKey(key) ? json.getJsonArray(key) : JsonValue.EMPTY_JSON_ARRAY;
        for (JsonObject step : array.getValuesAs(JsonObject.class)) {
            double at = step.containsKey("at_s") ? step.getJsonNumber("at_s").doubleValue() : 0;
            step.forEach((action, parameters) -> {
                if (!action.equals("at_s")) {
                    steps.add(new Step(action, parameters, at));
                }
            });
        }
        return steps;
    }

    /** {@return the reference's settings that it was recorded with} */
    Map<String, JsonValue> settings() {
        var settings = new LinkedHashMap<String, JsonValue>();
        setup().stream()
                .filter(step -> step.action().equals("settings"))
                .forEach(step -> settings.putAll(step.parameters().asJsonObject()));
        return settings;
    }

    /** {@return a text of the file with the padding filled in} */
    static String filled(String text) {
        return text.replace("${PADDING}", PADDING);
    }

    @Override
    public String toString() {
        return name();
    }
}
