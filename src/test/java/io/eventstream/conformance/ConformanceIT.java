package io.eventstream.conformance;

import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The wire, as it was recorded on the reference; and vectors of the same format in the file {@code -Dvectors}. */
@ContainerTest
class ConformanceIT {

    static final Path RECORDED = Path.of("src/test/resources/vectors/wire.json");

    private final Container container;

    ConformanceIT(Container container) {
        this.container = container;
    }

    @TestFactory
    Stream<DynamicTest> recordedWire() {
        return tests(RECORDED);
    }

    @TestFactory
    Stream<DynamicTest> vectorsOfTheGivenFile() {
        String file = System.getProperty("vectors", "");
        return file.isEmpty() ? Stream.empty() : tests(Path.of(file));
    }

    private Stream<DynamicTest> tests(Path file) {
        var conformance = new Conformance(container, file);
        conformance.leftOut().forEach(line -> System.out.println(file.getFileName() + ": " + line));
        return conformance.tests();
    }
}
