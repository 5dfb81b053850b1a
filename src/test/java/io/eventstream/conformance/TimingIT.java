package io.eventstream.conformance;

import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The recorded wire, where it is about time. Beside the other tests, since it only waits. */
@ContainerTest
@Execution(ExecutionMode.CONCURRENT)
class TimingIT {

    private final Container container;

    TimingIT(Container container) {
        this.container = container;
    }

    @TestFactory
    Stream<DynamicTest> recordedWire() {
        return new Conformance(container, ConformanceIT.RECORDED).timedTests();
    }

    @TestFactory
    Stream<DynamicTest> vectorsOfTheGivenFile() {
        String file = System.getProperty("vectors", "");
        return file.isEmpty() ? Stream.empty() : new Conformance(container, Path.of(file)).timedTests();
    }
}
