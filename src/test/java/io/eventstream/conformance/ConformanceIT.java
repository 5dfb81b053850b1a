package io.eventstream.conformance;

import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/** The wire, as it was recorded on the reference; and vectors of the same format in the file {@code -Dvectors}. */
@ContainerTest
class ConformanceIT {

    static final Path RECORDED = Path.of("src/test/resources/vectors/wire.json");

    private final Container container;

    ConformanceIT(Container container) {
        this.container = container;
    }

    @TestFactory
    Stream<DynamicTest> recordedWire(TestReporter reporter) {
        return tests(RECORDED, reporter);
    }

    @TestFactory
    Stream<DynamicTest> vectorsOfTheGivenFile(TestReporter reporter) {
        String file = System.getProperty("vectors", "");
        return file.isEmpty() ? Stream.empty() : tests(Path.of(file), reporter);
    }

    private Stream<DynamicTest> tests(Path file, TestReporter reporter) {
        var conformance = new Conformance(container, file);
        conformance.leftOut().forEach(line -> reporter.publishEntry(file.getFileName().toString(), line));
        return conformance.tests();
    }
}
