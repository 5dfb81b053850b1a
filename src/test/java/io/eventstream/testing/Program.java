package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program of the tests, with the library as it was built and some jars on its class path, and nothing of a server. */
public final class Program {

    private Program() {}

    /** {@return what it printed, once it has ended without a failure} */
    public static String run(Class<?> main, File[] jars, String... args) throws IOException, InterruptedException {
        String classPath = Stream.concat(
                        Stream.of(
                                System.getProperty("eventstream.it.jar"),
                                Jars.of(main).toString()),
                        Arrays.stream(jars).map(File::getPath))
                .collect(Collectors.joining(File.pathSeparator));
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                classPath,
                                main.getName()),
                        Arrays.stream(args))
                .toList();
        Path errors = Path.of("target", "it", main.getSimpleName() + ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as("exit code; see " + errors).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
