package io.eventstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** PostgreSQL, as its Debian package installs it. */
public final class PostgresServer extends DatabaseServer {

    private final Set<String> databases = ConcurrentHashMap.newKeySet();

    /** Starts one of a test's own, which may stop it; else tests take the run's as a parameter. */
    public PostgresServer() {
        super("postgresql", "postgres", 18700, 18749);
    }

    static Path program(String name) {
        return program(
                "PostgreSQL",
                "postgresql",
                Stream.concat(versions(), Stream.of(Path.of("/usr/bin"))).map(bin -> bin.resolve(name)));
    }

    private static Stream<Path> versions() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions
                    .sorted(Comparator.comparing(
                                    (Path version) -> version.getFileName().toString())
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    @Override
    void setUp(Path directory) throws IOException {
        run(asAccount(List.of(
                program("initdb").toString(),
                "-D",
                data(directory),
                "-U",
                "tests",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync")));
    }

    private static String data(Path directory) {
        return directory.resolve("data").toString();
    }

    @Override
    Process start(Path directory) throws IOException {
        return begin(asAccount(List.of(
                program("postgres").toString(),
                "-D",
                data(directory),
                "-p",
                Integer.toString(port()),
                "-k",
                directory.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "max_connections=400",
                // Tests kill clients, never the machine.
                "-c",
                "fsync=off")));
    }

    @Override
    String stopSignal() {
        return "INT";
    }

    /** Ends it at once, as a failure of its machine would, but for what the system has not written yet. */
    public void crash() {
        try {
            end("QUIT");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it and all of its processes as {@code kill -9} does; what the system has not written yet stays with the system. */
    public void kill() {
        List<ProcessHandle> all = processes();
        signal("KILL");
        // Or the next one would find the memory that they share in use.
        all.forEach(process -> process.onExit().join());
    }

    /** Stops it from answering, without closing a connection, as a machine that hangs. */
    public void freeze() {
        signal("STOP");
    }

    /** Ends that. */
    public void thaw() {
        signal("CONT");
    }

    /** Starts it again; returns once it answers. */
    public void restart() {
        try {
            startAgain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String administrationUrl() {
        return url("postgres");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=tests";
    }

    @Override
    public String database(String name) {
        if (databases.add(name)) {
            execute("CREATE DATABASE " + name);
        }
        return url(name);
    }
}
