package io.eventstream.conformance;

import io.eventstream.testapp.SampleValues;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.Wars;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Which vectors of a file are run, against which application, and which are left out. */
final class Conformance {

    /** What we do otherwise by decision. */
    private static final Set<String> DECIDED =
            Set.of("A-query-empty-channel-name", "B-type-sanitised", "H-expired-but-no-send-still-served");

    /** The only one of its configuration; the original does wrong there. */
    private static final String REDIS_RESET = "H-redis-storage-future-id-silent";

    private static final Map<String, String> STORAGE = Map.of("db", "jpa");

    private final Container container;
    private final List<Vector> vectors;
    private final Map<String, URI> applications = new HashMap<>();

    Conformance(Container container, Path file) {
        this.container = container;
        this.vectors = VectorFile.read(file);
    }

    /** {@return a test for each vector that needs no clock} */
    Stream<DynamicTest> tests() {
        return vectors.stream()
                .filter(Conformance::isRun)
                .filter(Predicate.not(Conformance::isTimed))
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> run(vector)));
    }

    /** {@return a test for each that needs one} */
    Stream<DynamicTest> timedTests() {
        return vectors.stream()
                .filter(Conformance::isRun)
                .filter(Conformance::isTimed)
                .map(vector -> DynamicTest.dynamicTest(
                        vector.name(), () -> HttpVectors.runTimed(vector, application(vector))));
    }

    /** {@return a line for each kind and configuration of which vectors are not compared, with their number} */
    List<String> leftOut() {
        var counts = new TreeMap<String, Integer>();
        vectors.stream().filter(Predicate.not(Conformance::isRun)).forEach(vector -> {
            String reason = "its part does not exist yet";
            if (hasItsPart(vector) || vector.name().equals(REDIS_RESET)) {
                reason = vector.isBugOfTheOriginal()
                        ? "the original does wrong, see DecidedDifferencesIT, RecoveryIT and RedisRecoveryIT"
                        : "ours differs by decision, see RecoveryIT";
            }
            String config = vector.config().isEmpty() ? "" : " with " + vector.config();
            counts.merge("left out, " + reason + ": " + vector.kind() + config, 1, Integer::sum);
        });
        List<String> lines = new ArrayList<>();
        counts.forEach((line, count) -> lines.add(line + ": " + count));
        return lines;
    }

    private static boolean isTimed(Vector vector) {
        return vector.kind().equals("timing");
    }

    private static boolean isRun(Vector vector) {
        return hasItsPart(vector) && !vector.isBugOfTheOriginal() && !DECIDED.contains(vector.name());
    }

    private static boolean hasItsPart(Vector vector) {
        return switch (vector.kind()) {
            case "http", "timing" ->
                (vector.config().equals("none") || isStored(vector))
                        && Steps.known(vector)
                        && ReferenceSettings.ours(vector).isPresent();
            case "current-id", "storage" -> isStored(vector);
            case "json-encode" ->
                SampleValues.of(vector.input().getString("value")).isPresent();
            case "encode-preamble" -> true;
            default -> EncodingVectors.KINDS.contains(vector.kind());
        };
    }

    private static boolean isStored(Vector vector) {
        return STORAGE.containsKey(vector.config());
    }

    private void run(Vector vector) {
        switch (vector.kind()) {
            case "current-id" -> HttpVectors.runCurrentId(vector, application(vector));
            case "http" -> HttpVectors.run(vector, application(vector));
            case "storage" -> StorageVectors.run(vector, application(vector));
            case "json-encode" -> JsonVectors.run(vector, application(vector));
            case "encode-preamble" -> HttpVectors.runPreamble(vector, application(vector));
            default -> EncodingVectors.run(vector);
        }
    }

    /** One application for each set of settings, deployed when the first vector wants it. */
    private synchronized URI application(Vector vector) {
        Map<String, String> settings =
                Optional.of(vector).flatMap(ReferenceSettings::ours).orElseThrow();
        String storage = STORAGE.getOrDefault(vector.config(), "");
        return applications.computeIfAbsent(storage + settings, wanted -> {
            String name = settings.isEmpty() ? "app" : "app-" + Integer.toHexString(settings.hashCode());
            Wars war = storage.isEmpty() ? TestWars.of(name) : TestWars.withStorage(name + "-" + storage);
            return container.shared(war.with(settings)).base();
        });
    }
}
