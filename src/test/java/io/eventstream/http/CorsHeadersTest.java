package io.eventstream.http;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CorsHeadersTest {

    private static final String A = "http://a.example";
    private static final String B = "https://b.example";
    private static final String BOTH = A + "," + B;
    private static final String METHODS = "GET, HEAD, POST, OPTIONS";

    @ParameterizedTest(name = "{0}")
    @MethodSource("responses")
    void nameAnOriginThatIsAllowed(
            String name, CorsHeaders cors, @Nullable String origin, Map<String, String> headers) {
        assertThat(cors.of(origin)).containsExactlyInAnyOrderEntriesOf(headers);
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                arguments("none configured", cors("", false, ""), A, Map.of()),
                arguments("all", cors("*", false, ""), null, allowed("*")),
                arguments("all, asked by one", cors("*", false, ""), A, allowed("*")),
                arguments("one, however it is asked", cors(A, false, ""), B, allowed(A)),
                arguments("one, asked by nobody", cors(A, false, ""), null, allowed(A)),
                arguments("one, asked by it", cors(A, false, ""), A, allowed(A)),
                arguments("two, asked by the first", cors(BOTH, false, ""), A, allowedOfMany(A)),
                arguments("two, asked by the second", cors(BOTH, false, ""), B, allowedOfMany(B)),
                arguments("two, asked by another", cors(BOTH, false, ""), "http://c.example", Map.of("Vary", "Origin")),
                arguments("two, the other scheme", cors(BOTH, false, ""), "http://b.example", Map.of("Vary", "Origin")),
                arguments("two, another port", cors(BOTH, false, ""), A + ":81", Map.of("Vary", "Origin")),
                arguments("two, asked by nobody", cors(BOTH, false, ""), null, Map.of("Vary", "Origin")),
                arguments("two, asked by a sandbox", cors(BOTH, false, ""), "null", Map.of("Vary", "Origin")),
                arguments(
                        "with credentials",
                        cors(A, true, ""),
                        null,
                        allowed(A, "Access-Control-Allow-Credentials", "true")),
                arguments(
                        "two with credentials, asked by another",
                        cors(BOTH, true, "X-Y"),
                        "http://c.example",
                        Map.of("Vary", "Origin")),
                arguments(
                        "with headers",
                        cors("*", false, "Authorization,X-Y"),
                        null,
                        allowed("*", "Access-Control-Allow-Headers", "Authorization, X-Y")));
    }

    @Nested
    class OfAPreflight {

        @Test
        void allowMethodsToAConfiguredOrigin() {
            assertThat(cors(BOTH, true, "X-Y").ofPreflight(B))
                    .containsExactlyInAnyOrderEntriesOf(allowed(
                            B,
                            "Allow",
                            METHODS,
                            "Vary",
                            "Origin",
                            "Access-Control-Allow-Credentials",
                            "true",
                            "Access-Control-Allow-Headers",
                            "X-Y",
                            "Access-Control-Allow-Methods",
                            METHODS));
        }

        @Test
        void allowThemToEverybodyWhereAllOriginsAreConfigured() {
            assertThat(cors("*", false, "").ofPreflight("http://c.example"))
                    .containsEntry("Access-Control-Allow-Origin", "*")
                    .containsEntry("Access-Control-Allow-Methods", METHODS);
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "nobody",
                value = {
                    "'', http://a.example",
                    "http://a.example, https://b.example",
                    "http://a.example, nobody",
                    "*, nobody",
                    "'http://a.example,https://b.example', http://c.example",
                })
        void allowNothingToAnybodyElse(String configured, @Nullable String origin) {
            assertThat(cors(configured, false, "X-Y").ofPreflight(origin))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("Allow", METHODS, "Vary", "Origin"));
        }
    }

    @Nested
    class Trust {

        @Test
        void isForConfiguredOriginsWithCredentials() {
            assertThat(cors(BOTH, true, "").trusts(B)).isTrue();
            assertThat(cors(BOTH, true, "").trusts("http://c.example")).isFalse();
        }

        @Test
        void isForNobodyWithoutCredentials() {
            assertThat(cors(A, false, "").trusts(A)).isFalse();
            assertThat(cors("*", false, "").trusts(A)).isFalse();
        }
    }

    private static CorsHeaders cors(String origins, boolean credentials, String headers) {
        return new CorsHeaders(config(
                "eventstream.cors.allow-origins",
                origins,
                "eventstream.cors.allow-credentials",
                Boolean.toString(credentials),
                "eventstream.cors.allow-headers",
                headers));
    }

    private static Map<String, String> allowedOfMany(String origin) {
        return allowed(origin, "Vary", "Origin");
    }

    private static Map<String, String> allowed(String origin, String... more) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Access-Control-Allow-Origin", origin);
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }
}
