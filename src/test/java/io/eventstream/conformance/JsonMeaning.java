package io.eventstream.conformance;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whether two JSON texts say the same. */
final class JsonMeaning {

    private static final List<Function<String, Object>> NOTATIONS = List.of(
            BigDecimal::new,
            text -> Instant.parse(text).truncatedTo(ChronoUnit.MILLIS),
            text -> OffsetDateTime.parse(text).truncatedTo(ChronoUnit.MILLIS),
            text -> LocalTime.parse(text).truncatedTo(ChronoUnit.MILLIS),
            Duration::parse);

    private JsonMeaning() {}

    static Optional<JsonValue> parse(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readValue());
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    /** {@return whether both are JSON, and equal as values} */
    static boolean equal(String expected, String actual) {
        Optional<JsonValue> value = parse(expected);
        return value.isPresent() && value.equals(parse(actual));
    }

    /** The same, with numbers, times and durations in any notation that JSON-B and ISO 8601 have for them. */
    static boolean alike(String expected, String actual) {
        return equal(expected, actual)
                || parse(expected)
                        .flatMap(first -> parse(actual).map(second -> sameScalar(scalar(first), scalar(second))))
                        .orElse(false);
    }

    private static boolean sameScalar(String expected, String actual) {
        return NOTATIONS.stream().anyMatch(notation -> {
            try {
                Object first = notation.apply(expected);
                Object second = notation.apply(actual);
                return first instanceof BigDecimal number
                        ? number.compareTo((BigDecimal) second) == 0
                        : first.equals(second);
            } catch (DateTimeException | NumberFormatException e) {
                return false;
            }
        });
    }

    private static String scalar(JsonValue value) {
        return value instanceof JsonString text
                ? text.getString()
                : value instanceof JsonNumber number ? number.toString() : "";
    }
}
