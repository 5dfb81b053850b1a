package io.eventstream.config;

import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A key, what it may be set to, and what it is when it is not set.
 *
 * @param key its full name
 * @param defaultText what holds when it is not set; empty for nothing
 * @param allowed what a value must be, as the end of a sentence that begins with "must be"
 * @param meaning one line for the documentation
 * @param parse text to value; throws IllegalArgumentException where the text is not allowed
 */
record Setting<T>(String key, String defaultText, String allowed, String meaning, Function<String, T> parse) {

    /** What holds when the key is not set. */
    T defaultValue() {
        return parse.apply(defaultText);
    }

    /** The same under another key. */
    Setting<T> withKey(String other) {
        return new Setting<>(other, defaultText, allowed, meaning, parse);
    }

    static Setting<Duration> duration(String key, String defaultText, Duration least, Duration most, String meaning) {
        return new Setting<>(
                key, defaultText, "a duration such as PT20S, from " + least + " to " + most, meaning, text -> {
                    try {
                        return within(Duration.parse(text.trim()), least, most);
                    } catch (DateTimeParseException e) {
                        throw new IllegalArgumentException(e);
                    }
                });
    }

    static Setting<Integer> integer(String key, int defaultValue, int least, String meaning) {
        return number(key, defaultValue, least, Integer.MAX_VALUE, meaning, BigInteger::intValueExact);
    }

    static Setting<Long> bytes(String key, long defaultValue, long least, String meaning) {
        return number(key, defaultValue, least, Long.MAX_VALUE, meaning, BigInteger::longValueExact);
    }

    private static <N> Setting<N> number(
            String key, long defaultValue, long least, long most, String meaning, Function<BigInteger, N> exact) {
        return new Setting<>(
                key,
                Long.toString(defaultValue),
                "a whole number from " + least + " to " + most,
                meaning,
                text -> exact.apply(
                        within(new BigInteger(text.trim()), BigInteger.valueOf(least), BigInteger.valueOf(most))));
    }

    static Setting<Boolean> bool(String key, String meaning) {
        return choice(key, "false", List.of("true", "false"), meaning, "true"::equals);
    }

    static <E> Setting<E> choice(
            String key, String defaultText, List<String> choices, String meaning, Function<String, E> value) {
        return new Setting<>(key, defaultText, String.join(" or ", choices), meaning, text -> {
            if (!choices.contains(text.trim())) {
                throw new IllegalArgumentException();
            }
            return value.apply(text.trim());
        });
    }

    static Setting<String> text(String key, String allowed, String meaning, Function<String, Boolean> valid) {
        return new Setting<>(key, "", allowed, meaning, text -> {
            if (!text.isEmpty() && !valid.apply(text)) {
                throw new IllegalArgumentException();
            }
            return text;
        });
    }

    /** Empty parts count for nothing. */
    static Setting<List<String>> list(String key, String allowed, String meaning, Function<String, Boolean> valid) {
        return new Setting<>(key, "", allowed, meaning, text -> {
            List<String> parts = parts(text).toList();
            if (!parts.stream().allMatch(valid::apply)) {
                throw new IllegalArgumentException();
            }
            return parts;
        });
    }

    private static Stream<String> parts(String text) {
        return Arrays.stream(text.split(",")).map(String::trim).filter(part -> !part.isEmpty());
    }

    private static <C extends Comparable<C>> C within(C value, C least, C most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException();
        }
        return value;
    }
}
