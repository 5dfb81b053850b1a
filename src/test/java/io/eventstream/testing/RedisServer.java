package io.eventstream.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Redis, as its Debian package installs it, in a directory of its own, on 127.0.0.1. It keeps an append-only file, so that it
 * can be killed and started again. One thread at a time.
 */
public final class RedisServer implements AutoCloseable {

    private final Path directory;
    private final Port port;
    private final List<String> options;
    private Process process;

    /** Starts one; returns once it answers. */
    public RedisServer(String... options) {
        String program = DatabaseServer.program(
                        "Redis",
                        "redis-server",
                        Stream.of("/usr/bin", "/usr/local/bin").map(bin -> Path.of(bin, "redis-server")))
                .toString();
        try {
            directory = Files.createTempDirectory("eventstream-redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = Port.claim(18780, 18794);
        this.options = new ArrayList<>(List.of(
                program,
                "--port",
                port.toString(),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--appendonly",
                "yes"));
        this.options.addAll(List.of(options));
        process = begin();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        awaitAnswer();
    }

    /** {@return a port that no server gets, for something besides; to be closed} */
    public static Port claimPort() {
        return Port.claim(18795, 18799);
    }

    private Process begin() {
        try {
            return new ProcessBuilder(options)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return directory.resolveSibling(directory.getFileName() + ".log");
    }

    private void awaitAnswer() {
        Awaitility.await("Redis answers; see " + log())
                .atMost(30, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Redis has ended; see " + log());
        }
        if (!Listener.is(process.pid(), port.number())) {
            return false;
        }
        try {
            return command("PING").matches("\\+PONG|-NOAUTH.*");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** {@return the URL of one of its 16 databases} */
    public String url(int database) {
        return "redis://127.0.0.1:" + port + "/" + database;
    }

    /** {@return its port} */
    public int port() {
        return port.number();
    }

    /** {@return the first line of its answer to a command, as it comes} */
    public String command(String... words) {
        return ask(words, RedisServer::line);
    }

    /** {@return the lines of its answer to a command that it answers with a text} */
    public List<String> lines(String... words) {
        return ask(words, in -> {
            int length = Integer.parseInt(line(in).substring(1));
            return new String(in.readNBytes(length), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        });
    }

    /** Reads an answer. */
    @FunctionalInterface
    private interface Reader<T> {

        T read(InputStream in) throws IOException;
    }

    private <T> T ask(String[] words, Reader<T> reader) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
            socket.setSoTimeout(10_000);
            var request = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                request.append("$")
                        .append(word.getBytes(StandardCharsets.UTF_8).length)
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return reader.read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).trim();
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again, with what it has on disk. */
    public void restart() {
        process = begin();
        awaitAnswer();
    }

    /** Stops it from answering, without closing a connection. */
    public void pause() {
        signal("STOP");
    }

    /** Ends the pause. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int ended = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (ended != 0) {
                throw new IllegalStateException("Redis is not there any more");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        kill();
        port.close();
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            Files.deleteIfExists(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
