package io.eventstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * A server's process, and what it logs. Safe for use by many threads.
 *
 * @param name of the server
 */
record ServerProcess(String name, Process process, ServerLog log) implements AutoCloseable {

    /** For the command of each; probes look into the process with the same JDK. */
    static final String JAVA = System.getProperty("java.home") + "/bin/java";

    /** How long a server may take to start. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    JvmProbe jvm() {
        return new JvmProbe(process.pid());
    }

    /** @throws IllegalStateException if it has ended */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended; see " + log.file());
        }
    }

    /**
     * Waits until it listens on that port: what answers there is this server, and not one that was there before.
     *
     * @throws IllegalStateException if it has ended, or another process listens there
     */
    void awaitListening(Port port) {
        Awaitility.await(name + " listens on port " + port + "; see " + log.file())
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    requireAlive();
                    return Listener.is(process.pid(), port.number());
                });
    }

    /** {@return the application's file in that directory} */
    static Path export(Archive<?> archive, Path directory) {
        Path file = directory.resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    /** {@return what an application is called, and its context root} */
    static String nameOf(Archive<?> archive) {
        String file = archive.getName();
        return file.substring(0, file.lastIndexOf('.'));
    }

    /** {@return where the run's server of that name keeps what it writes} */
    static Path directory(String name) {
        return Path.of(System.getProperty("eventstream.it.directory"), name).toAbsolutePath();
    }

    /** {@return where a server of that kind is installed: the build says it for the run's own, or for each} */
    static Path home(String kind) {
        String ofRun = System.getProperty("eventstream.it.server.home");
        return Path.of(System.getProperty("eventstream.it.home." + kind, ofRun)).toAbsolutePath();
    }

    /** Stops it from doing anything, without closing a connection, or lets it go on: {@code STOP}, {@code CONT}. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Deletes what an earlier run has left. */
    static void deleteTree(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> deepestFirst;
            try (Stream<Path> files = Files.walk(directory)) {
                deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    /** Ends it, and waits for that. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
