package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The sample samples/cluster as its user runs it, with up and down, on ports of the tests. One thread at a time. */
public final class ClusterSample implements AutoCloseable {

    private static final Path HOME = Path.of("samples/cluster");
    private static final String HTTP = "HTTP_PORT";
    private static final List<String> PORTS = List.of(HTTP, "NODE1_PORT", "NODE2_PORT", "DATABASE_PORT", "BROKER_PORT");
    /** It builds before it starts. */
    private static final int PATIENCE_MINUTES = 4;

    private final String token;
    private final Path work = ServerProcess.directory("cluster-sample");
    private final Map<String, Port> ports = new LinkedHashMap<>();
    private final List<ProcessHandle> started = new ArrayList<>();

    /** Prepares it; starts nothing. The test is left out where a program is missing. */
    public ClusterSample(String token) {
        this.token = token;
        requirePrograms();
        PORTS.forEach(name -> ports.put(name, Port.claim(18680, 18699)));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private static void requirePrograms() {
        PostgresServer.program("postgres");
        DatabaseServer.program("nginx", "nginx", Stream.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx")));
        DatabaseServer.program("curl", "curl", Stream.of(Path.of("/usr/bin/curl")));
    }

    /** Does what {@code samples/cluster/up} does; returns once it is up. */
    public void up() {
        try {
            run("up");
        } finally {
            started.addAll(running());
        }
    }

    /** Does what {@code samples/cluster/down} does. */
    public void down() {
        run("down");
    }

    private void run(String script) {
        Path log = work.resolveSibling("cluster-sample-" + script + ".log");
        var builder = new ProcessBuilder(HOME.resolve(script).toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        ports.forEach((name, port) -> environment.put(name, port.toString()));
        environment.put("WORK_DIRECTORY", work.toString());
        environment.put("EVENTSTREAM_PUBLISH_TOKEN", token);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.merge("PATH", Path.of(ServerProcess.JAVA).getParent().toString(), ClusterSample::before);
        try {
            Files.createDirectories(work);
            Process process = builder.start();
            try {
                if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                    throw new IllegalStateException(script + " failed: " + Files.readString(log));
                }
            } finally {
                withDescendants(process.toHandle()).forEach(ProcessHandle::destroyForcibly);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String before(String path, String first) {
        return first + File.pathSeparator + path;
    }

    /** {@return where the streams are through nginx} */
    public URI events() {
        return events(HTTP);
    }

    /** {@return where they are on one node, 1 or 2} */
    public URI eventsOfNode(int node) {
        return events("NODE" + node + "_PORT");
    }

    private URI events(String port) {
        return URI.create("http://127.0.0.1:" + ports.get(port) + "/events");
    }

    /** {@return what a node, 1 or 2, has logged} */
    public String log(int node) {
        try {
            return Files.readString(work.resolve("node" + node + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks one node to end, as an operator does. */
    public ProcessHandle stopNode(int node) {
        ProcessHandle process = process(work.resolve("node" + node + ".pid")).orElseThrow();
        process.destroy();
        return process;
    }

    /** {@return what still runs, listens or lies about of all that was started; nothing, once it is down} */
    public List<String> left() {
        List<String> left = new ArrayList<>();
        started.stream()
                .filter(ProcessHandle::isAlive)
                .map(process -> process.pid() + " " + process.info())
                .forEach(left::add);
        ports.forEach((name, port) -> {
            if (!port.isFree()) {
                left.add(name + " " + port);
            }
        });
        pidFiles().map(Path::toString).forEach(left::add);
        return left;
    }

    private List<ProcessHandle> running() {
        return pidFiles()
                .flatMap(file -> process(file).stream())
                .flatMap(ClusterSample::withDescendants)
                .toList();
    }

    private static Stream<ProcessHandle> withDescendants(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants().toList().stream());
    }

    private Stream<Path> pidFiles() {
        try (Stream<Path> files = Files.exists(work) ? Files.list(work) : Stream.empty()) {
            return files
                    .filter(file -> file.toString().endsWith(".pid") && !file.endsWith("nginx-own.pid"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile) {
        try {
            return ProcessHandle.of(
                    Long.parseLong(Files.readAllLines(pidFile, UTF_8).get(0)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what is left of it, if the test has not come so far. */
    @Override
    public synchronized void close() {
        if (ports.isEmpty()) {
            return;
        }
        started.addAll(running());
        try {
            down();
        } finally {
            started.forEach(ProcessHandle::destroyForcibly);
            ports.values().forEach(Port::close);
            ports.clear();
        }
    }
}
