package io.eventstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/** A real database server for the run, in a directory of its own, on 127.0.0.1. It ends with the run. */
public abstract class DatabaseServer implements AutoCloseable {

    private final String account;
    private final Path directory;
    private final Port port;
    private volatile Process process;

    /** Sets one up and starts it; returns once it answers. */
    DatabaseServer(String name, String account, int firstPort, int lastPort) {
        this.account = account;
        try {
            // Not below the project, which the server's account may not be able to enter.
            directory = Files.createTempDirectory("eventstream-" + name + "-");
            if (isRoot()) {
                run(List.of("chown", account, directory.toString()));
            }
            setUp(directory);
            port = Port.claim(firstPort, lastPort);
            process = start(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        awaitAnswer();
    }

    private void awaitAnswer() {
        Awaitility.await("The database answers; see " + directory + ".log")
                .atMost(60, TimeUnit.SECONDS)
                .until(this::answers);
    }

    /** {@return where it listens} */
    final int port() {
        return port.number();
    }

    /** Makes an empty database in that directory. */
    abstract void setUp(Path directory) throws IOException;

    /** Starts it with what is in the directory. */
    abstract Process start(Path directory) throws IOException;

    /** {@return what ends it without waiting for its clients} */
    abstract String stopSignal();

    /** {@return where it is asked to make databases} */
    abstract String administrationUrl();

    /** {@return the URL of a database of that name, made if it is not there} */
    public abstract String database(String name);

    /** Executes one statement as the administrator. */
    final void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(administrationUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The database has ended; see " + directory + ".log");
        }
        if (!Listener.is(process.pid(), port.number())) {
            return false;
        }
        try (Connection connection = DriverManager.getConnection(administrationUrl())) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** The servers refuse to run as root, or warn; so they run as the account that their package made. */
    final List<String> asAccount(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        List<String> all =
                new ArrayList<>(List.of("setpriv", "--reuid=" + account, "--regid=" + account, "--init-groups", "--"));
        all.addAll(command);
        return all;
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    final void run(List<String> command) throws IOException {
        Process run = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(run.getInputStream().readAllBytes());
        try {
            if (run.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    final Process begin(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory
                        .resolveSibling(directory.getFileName() + ".log")
                        .toFile()))
                .start();
    }

    /** {@return a program of the server's, or the test is left out} */
    static Path program(String server, String debianPackage, Stream<Path> places) {
        return places.filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new TestAbortedException("LEFT OUT: " + server
                        + " is not installed here (Debian: apt-get" + " install " + debianPackage + ")"));
    }

    @Override
    public final synchronized void close() {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            port.close();
            // In order, or PostgreSQL would leave its shared memory behind.
            end(stopSignal());
            deleteAll(directory);
            Files.deleteIfExists(directory.resolveSibling(directory.getFileName() + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a signal that ends it, and waits for that. */
    final void end(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Sends a signal to it and to all of its processes; first to it, so that it makes no more of them. */
    final void signal(String name) {
        processes().forEach(one -> kill(name, Long.toString(one.pid())));
    }

    final List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private static void kill(String signal, String pid) {
        try {
            new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again, after it was ended, with what it has on disk; returns once it answers. */
    final void startAgain() throws IOException {
        process = start(directory);
        awaitAnswer();
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
