package io.eventstream.testapp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The Java values that vectors of the kind {@code json-encode} describe in words. */
public final class SampleValues {

    private SampleValues() {}

    /** {@return the value; empty for words that are not known here} */
    public static Optional<Object> of(String words) {
        String[] parts = words.split(" ", 2);
        String rest = parts.length > 1 ? parts[1] : "";
        Object value = switch (parts[0]) {
            case "instant" -> Instant.parse(rest.replace(" UTC", "Z"));
            case "offset" -> OffsetDateTime.parse("2024-01-02T03:04:05" + rest.replace("date-time ", ""));
            case "date" -> LocalDate.parse(rest);
            case "time" -> LocalTime.parse(rest);
            case "duration" -> Duration.ofSeconds(Long.parseLong(rest.replace(" s", "")));
            case "decimal" -> new BigDecimal(rest);
            case "uuid" -> UUID.fromString("12345678-1234-5678-1234-567812345678");
            case "doubles" -> List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            case "integer" -> integer(rest);
            case "object" -> zThenA();
            case "string" -> rest;
            default -> null;
        };
        return Optional.ofNullable(value);
    }

    private static BigInteger integer(String text) {
        String[] power = text.split("\\^");
        var base = new BigInteger(power[0]);
        return power.length == 1 ? base : base.pow(Integer.parseInt(power[1]));
    }

    private static Map<String, Integer> zThenA() {
        var object = new LinkedHashMap<String, Integer>();
        object.put("z", 1);
        object.put("a", 2);
        return object;
    }
}
