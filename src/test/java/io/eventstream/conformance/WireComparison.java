package io.eventstream.conformance;

import io.eventstream.conformance.Vector.Step;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares bodies as the recorded wire wants it: byte for byte, but for JSON, which is compared as a value, and for what
 * is free with several channels.
 */
final class WireComparison {

    private static final Set<String> CONTROL_EVENTS = Set.of("event: stream-error", "event: stream-reset");

    private final boolean severalChannels;
    /** Data that was sent as values, and the channels it was sent to. */
    private final Map<JsonValue, Set<String>> values = new HashMap<>();

    WireComparison(Vector vector) {
        this.severalChannels = vector.hasSeveralChannels();
        var steps = new ArrayList<>(vector.setup());
        steps.addAll(vector.afterOpen());
        for (Step step : steps) {
            if (step.action().equals("send")) {
                JsonObject sent = step.parameters().asJsonObject();
                if (sent.containsKey("data")) {
                    values.computeIfAbsent(sent.get("data"), data -> new HashSet<>())
                            .add(sent.getString("channel"));
                }
            }
        }
    }

    /** {@return whether the body is the expected one} */
    boolean same(String expected, String actual) {
        List<String> first = normalised(Vector.filled(expected));
        List<String> second = normalised(actual);
        return first.equals(second)
                || severalChannels
                        && sorted(first).equals(sorted(second))
                        && byChannel(first).equals(byChannel(second));
    }

    private static List<String> sorted(List<String> events) {
        return events.stream().sorted().toList();
    }

    /** Within a channel the order is fixed. */
    private Map<String, List<String>> byChannel(List<String> events) {
        return events.stream().collect(Collectors.groupingBy(this::channel));
    }

    private String channel(String event) {
        return data(event)
                .flatMap(JsonMeaning::parse)
                .map(values::get)
                .filter(Objects::nonNull)
                .map(Set::toString)
                .orElse("");
    }

    /** Blocks, each with its JSON in one notation and its id's parts in one order. */
    private List<String> normalised(String body) {
        return Arrays.stream(body.split("\n\n", -1)).map(this::normalisedEvent).toList();
    }

    private String normalisedEvent(String event) {
        boolean control = CONTROL_EVENTS.stream().anyMatch(event::startsWith);
        return event.lines()
                .map(line -> {
                    if (line.startsWith("id: ") && severalChannels) {
                        return "id: "
                                + Arrays.stream(line.substring(4).split(","))
                                        .sorted()
                                        .collect(Collectors.joining(","));
                    }
                    return line.startsWith("data: ") ? "data: " + normalisedData(line.substring(6), control) : line;
                })
                .collect(Collectors.joining("\n"));
    }

    private String normalisedData(String data, boolean control) {
        return JsonMeaning.parse(data)
                .filter(value -> control || values.containsKey(value))
                .map(value -> value instanceof JsonString text ? "text " + text.getString() : value.toString())
                .orElse(data);
    }

    private static Optional<String> data(String event) {
        return event.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6).replaceFirst("^text ", ""))
                .findFirst();
    }
}
