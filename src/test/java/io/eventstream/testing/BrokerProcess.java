package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Artemis in a process of its own, which a test may kill and start again on the same port. One thread at a time. */
public final class BrokerProcess implements AutoCloseable {

    private static final Pattern ENTRY = Pattern.compile("");

    private final Port port = Port.claim(18770, 18779);
    private ServerProcess process;

    /** Starts it; returns once it listens. */
    public BrokerProcess() {
        process = begin();
    }

    private ServerProcess begin() {
        try {
            Path directory = Files.createDirectories(ServerProcess.directory("broker"));
            Path classPath = directory.resolve("class-path");
            Files.writeString(classPath, "-cp\n\"" + System.getProperty("java.class.path") + "\"\n", UTF_8);
            Path log = directory.resolve("broker.log");
            Process started = new ProcessBuilder(
                            ServerProcess.JAVA,
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "@" + classPath,
                            BrokerMain.class.getName(),
                            "tcp://127.0.0.1:" + port)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            var begun = new ServerProcess("Artemis", started, new ServerLog(log, ENTRY, ENTRY));
            begun.awaitListening(port);
            return begun;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return where it listens, on 127.0.0.1} */
    public int port() {
        return port.number();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.close();
    }

    /** Starts it again. */
    public void restart() {
        process = begin();
    }

    @Override
    public void close() {
        kill();
        port.close();
    }
}
