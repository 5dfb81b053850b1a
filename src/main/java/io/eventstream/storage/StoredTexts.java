package io.eventstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Texts as they stand in columns, and back. */
final class StoredTexts {

    private static final char ESCAPE = '\u0001';
    private static final char ESCAPED_ESCAPE = '1';
    private static final char ESCAPED_NUL = '0';

    private StoredTexts() {}

    /** Without NUL, which PostgreSQL refuses in a text. */
    static String data(String data) {
        if (data.indexOf('\0') < 0 && data.indexOf(ESCAPE) < 0) {
            return data;
        }
        var stored = new StringBuilder(data.length() + 8);
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (c == '\0') {
                stored.append(ESCAPE).append(ESCAPED_NUL);
            } else if (c == ESCAPE) {
                stored.append(ESCAPE).append(ESCAPED_ESCAPE);
            } else {
                stored.append(c);
            }
        }
        return stored.toString();
    }

    /** The data that was stored so. */
    static String originalData(String stored) {
        if (stored.indexOf(ESCAPE) < 0) {
            return stored;
        }
        var data = new StringBuilder(stored.length());
        for (int i = 0; i < stored.length(); i++) {
            char c = stored.charAt(i);
            if (c == ESCAPE) {
                i++;
                data.append(stored.charAt(i) == ESCAPED_NUL ? '\0' : ESCAPE);
            } else {
                data.append(c);
            }
        }
        return data.toString();
    }

    static String users(Set<String> users) {
        return users.stream()
                .sorted()
                .map(user -> URLEncoder.encode(user, UTF_8))
                .collect(Collectors.joining(","));
    }

    static Set<String> originalUsers(String stored) {
        return stored.isEmpty()
                ? Set.of()
                : Arrays.stream(stored.split(","))
                        .map(user -> URLDecoder.decode(user, UTF_8))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
