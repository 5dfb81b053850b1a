package io.eventstream.testapp;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as an application's own values: maps, lists, texts, numbers, truth values and null. */
final class PlainValues {

    private PlainValues() {}

    static Object of(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> map(value.asJsonObject());
            case ARRAY -> list(value.asJsonArray());
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> number((JsonNumber) value);
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
        };
    }

    private static Map<String, Object> map(JsonObject object) {
        var map = new LinkedHashMap<String, Object>();
        object.forEach((key, value) -> map.put(key, of(value)));
        return map;
    }

    private static List<Object> list(JsonArray array) {
        var list = new ArrayList<Object>();
        array.forEach(value -> list.add(of(value)));
        return list;
    }

    private static Number number(JsonNumber number) {
        return number.isIntegral() ? number.bigIntegerValueExact() : number.doubleValue();
    }
}
