package io.eventstream.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.conformance.Vector.Step;
import io.eventstream.testapp.Control;
import io.eventstream.testing.RawHttp;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Runs recorded exchanges against an application, as a client with a socket. */
final class HttpVectors {

    private static final Duration QUIET = Duration.ofMillis(300);
    private static final List<String> CORS =
            List.of("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers");

    private HttpVectors() {}

    /** Sends the request, does the steps, and compares all that came back. */
    static void run(Vector vector, URI base) {
        try (var control = new Control(base);
                var client = RawHttp.connect(base)) {
            start(vector, control);
            JsonObject request = vector.request();
            client.request(
                    request.getString("method"),
                    request.getString("path"),
                    vector.requestHeaders(),
                    request.getString("body", ""));
            if (client.status() == 200 && !vector.afterOpen().isEmpty()) {
                client.awaitOpen();
            }
            vector.afterOpen().forEach(step -> Steps.run(step, control));
            awaitExpected(vector, client);
            List<String> differences = vector.accepted().stream()
                    .map(expect -> difference(vector, expect, client))
                    .toList();
            clear(vector, control);
            assertThat(differences).as("none of the accepted answers came").anyMatch(String::isEmpty);
        }
    }

    private static void start(Vector vector, Control control) {
        control.reset();
        clear(vector, control);
        vector.setup().forEach(step -> Steps.run(step, control));
    }

    /** Afterwards too: a stream that goes on in one application would miss what another clears in the same database. */
    private static void clear(Vector vector, Control control) {
        if (isStored(vector)) {
            control.clearStorage();
        }
    }

    private static boolean isStored(Vector vector) {
        return !vector.config().isEmpty() && !vector.config().equals("none");
    }

    /** Runs one about the id that an application puts into a page. */
    static void runCurrentId(Vector vector, URI base) {
        try (var control = new Control(base)) {
            start(vector, control);
            assertThat(control.answer(
                                    "current_id",
                                    vector.json().getJsonArray("channels").toString())
                            .text()
                            .split(","))
                    .containsExactlyInAnyOrder(
                            vector.expect().getString("value").split(","));
        }
    }

    private static void awaitExpected(Vector vector, RawHttp client) {
        boolean ends = vector.accepted().stream().allMatch(expect -> expect.getBoolean("ended"));
        if (ends) {
            client.awaitEnd();
            return;
        }
        var comparison = new WireComparison(vector);
        try {
            client.await(
                    "the expected body",
                    () -> vector.accepted().stream()
                            .anyMatch(expect -> comparison.same(expect.getString("body"), client.text())));
        } catch (AssertionError e) {
            // The comparison says it better.
            return;
        }
        client.readFor(QUIET);
    }

    /** {@return what is wrong; empty if nothing is} */
    private static String difference(Vector vector, JsonObject expect, RawHttp client) {
        if (client.status() != expect.getInt("status")) {
            return "status " + client.status() + " instead of " + expect.getInt("status");
        }
        JsonObject headers = expect.getJsonObject("headers");
        for (String name : headers.keySet()) {
            String expected = ((JsonString) headers.get(name)).getString();
            if (!CORS.contains(name) && !tolerant(expected).equals(tolerant(client.header(name)))) {
                return name + ": " + client.header(name) + " instead of " + expected;
            }
        }
        for (String name : CORS) {
            String expected = expectedCors(vector, headers, name);
            if (!expected.equals(client.header(name))) {
                return name + ": " + client.header(name) + " instead of " + expected;
            }
        }
        if (client.ended() != expect.getBoolean("ended")) {
            return client.ended() ? "the response ended" : "the response goes on";
        }
        return new WireComparison(vector).same(expect.getString("body"), client.text())
                ? ""
                : "body\n" + client.text() + "\ninstead of\n" + Vector.filled(expect.getString("body"));
    }

    private static String expectedCors(Vector vector, JsonObject headers, String name) {
        return name.equals(CORS.get(0))
                ? ReferenceSettings.originOfList(vector).orElse(headers.getString(name, ""))
                : headers.getString(name, "");
    }

    private static String tolerant(String header) {
        return header.toLowerCase(Locale.ROOT)
                .replaceFirst("^text/event-stream; *charset=utf-8$", "text/event-stream")
                .replaceFirst("^no-cache, no-transform$", "no-cache")
                .replace(" ", "");
    }

    /** Runs the one that says what each stream begins with. */
    static void runPreamble(Vector vector, URI base) {
        String expected = Vector.filled(vector.expect().getString("bytes_utf8"));
        try (var client =
                RawHttp.get(base, "/events?channel=preamble").awaitOpen().readFor(QUIET)) {
            assertThat(client.text()).isEqualTo(expected);
            assertThat(client.body()).hasSize(vector.expect().getInt("length"));
        }
    }

    /** Runs one whose point is when something comes. */
    static void runTimed(Vector vector, URI base) {
        JsonObject expect = vector.expect();
        double tolerance = expect.getJsonNumber("tolerance_s").doubleValue();
        String text = Vector.filled(expect.getString("bytes_utf8"));
        List<Double> times = expect.getJsonArray("at_s").stream()
                .map(time -> Double.parseDouble(time.toString()))
                .toList();
        try (var control = new Control(base);
                var client = RawHttp.connect(base)) {
            vector.setup().forEach(step -> Steps.run(step, control));
            if (isStored(vector)) {
                keepChannels(vector, control);
                control.send("first", "the first one takes longer, and this is about time");
            }
            client.request("GET", vector.request().getString("path"), vector.requestHeaders(), "")
                    .awaitOpen();
            long start = System.nanoTime();
            for (Step step : vector.afterOpen()) {
                client.readFor(Duration.ofNanos((long) (step.at() * 1e9) - (System.nanoTime() - start)));
                Steps.run(step, control);
            }
            for (int i = 0; i < times.size(); i++) {
                double early = times.get(i) - tolerance;
                client.readFor(Duration.ofNanos((long) (early * 1e9) - (System.nanoTime() - start)));
                assertThat(count(client.text(), text)).as("before %s s", early).isEqualTo(i);
                int expected = i + 1;
                client.await("number " + expected + " of " + text, () -> count(client.text(), text) == expected);
                assertThat((System.nanoTime() - start) / 1e9).isLessThan(times.get(i) + tolerance);
            }
            assertThat(client.status()).isEqualTo(expect.getInt("status"));
        }
    }

    /** It runs beside others, which empty the storage. */
    private static void keepChannels(Vector vector, Control control) {
        vector.afterOpen().stream()
                .filter(step -> step.action().equals("send"))
                .forEach(step -> control.keep(step.parameters().asJsonObject().getString("channel")));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
