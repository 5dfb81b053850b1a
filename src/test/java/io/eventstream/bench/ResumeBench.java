package io.eventstream.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What it costs a server when many clients come back at once, each some events behind: CPU of its process for each event that
 * is delivered. Arguments: port, process id, clients, events, rounds; the first rounds warm the JVM up. The token is
 * {@code t}. Linux only.
 */
final class ResumeBench {

    private static final int BEGINNING = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DATA = "\"" + "x".repeat(98) + "\"";

    private final int port;
    private final long pid;
    private final int clients;
    private final int events;
    private final String channel = "resume" + System.nanoTime();

    private ResumeBench(int port, long pid, int clients, int events) {
        this.port = port;
        this.pid = pid;
        this.clients = clients;
        this.events = events;
    }

    /** A connection, and how much of the last event's id it has seen. */
    private static final class Client {

        private final byte[] last;
        private final StringBuilder beginning = new StringBuilder();
        private int matched;
        private boolean done;

        Client(byte[] last) {
            this.last = last;
        }

        /** {@return whether the last id has just come} */
        boolean read(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                byte next = bytes.get();
                if (beginning.length() < BEGINNING) {
                    beginning.append((char) next);
                }
                if (!done) {
                    matched = next == last[matched] ? matched + 1 : next == last[0] ? 1 : 0;
                    if (matched == last.length) {
                        done = true;
                        return true;
                    }
                }
            }
            return false;
        }
    }

    public static void main(String[] args) throws Exception {
        for (int round = Integer.parseInt(args[4]); round > 0; round--) {
            new ResumeBench(
                            Integer.parseInt(args[0]),
                            Long.parseLong(args[1]),
                            Integer.parseInt(args[2]),
                            Integer.parseInt(args[3]))
                    .run();
        }
    }

    private void run() throws Exception {
        publish(events + 1);
        long files = files();
        List<SocketChannel> connections = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            byte[] last = ("id: " + channel + ":" + (events + 1) + "\n").getBytes(UTF_8);
            for (int i = 0; i < clients; i++) {
                SocketChannel connection = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                connection.configureBlocking(false);
                connection.setOption(StandardSocketOptions.SO_LINGER, 0);
                connection.register(selector, SelectionKey.OP_READ, new Client(last));
                connections.add(connection);
            }
            double cpu = cpuMicros();
            long start = System.nanoTime();
            ByteBuffer request = ByteBuffer.wrap(("GET /events/" + channel + " HTTP/1.1\r\nHost: localhost\r\n"
                            + "Accept: text/event-stream\r\nLast-Event-ID: " + channel + ":1\r\n\r\n")
                    .getBytes(UTF_8));
            for (SocketChannel connection : connections) {
                connection.write(request.rewind());
            }
            readAll(selector);
            double seconds = (System.nanoTime() - start) / 1e9;
            double micros = cpuMicros() - cpu;
            long delivered = (long) clients * events;
            System.out.printf(
                    Locale.ROOT,
                    "%d clients, %d events each: %.2f s, %.2f us CPU of the server for each event, %.0f for each client%n",
                    clients,
                    events,
                    seconds,
                    micros / delivered,
                    micros / clients);
        } finally {
            for (SocketChannel connection : connections) {
                connection.close();
            }
        }
        letTheServerNotice(files);
    }

    /** That clients have gone shows when something is written to them. */
    private void letTheServerNotice(long files) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        publish(1);
        while (files() > files + clients / 10) {
            if (System.nanoTime() > end) {
                throw new IOException("The server still has " + files() + " files open");
            }
            publish(1);
            Thread.sleep(200);
        }
        for (double before = -1e9, now = cpuMicros(); now - before > 20_000; before = now, now = cpuMicros()) {
            Thread.sleep(200); // until it is done with them
        }
    }

    private long files() throws IOException {
        try (var files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.count();
        }
    }

    private void publish(int count) throws Exception {
        String body = IntStream.range(0, count)
                .mapToObj(i -> "{\"channel\":\"" + channel + "\",\"data\":" + DATA + "}")
                .collect(Collectors.joining(",", "[", "]"));
        int status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
                                .header("Authorization", "Bearer t")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
        if (status != 200) {
            throw new IOException("Publishing was answered with " + status);
        }
    }

    private void readAll(Selector selector) throws IOException {
        var buffer = ByteBuffer.allocateDirect(1 << 16);
        long end = System.nanoTime() + PATIENCE.toNanos();
        int left = clients;
        while (left > 0) {
            selector.select(1000);
            if (System.nanoTime() > end) {
                throw new IOException(left + " clients have not got their events");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                buffer.clear();
                var client = (Client) key.attachment();
                if (((SocketChannel) key.channel()).read(buffer) < 0) {
                    throw new IOException("A stream ended, which began: " + client.beginning);
                }
                if (client.read(buffer.flip())) {
                    left--;
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private double cpuMicros() {
        return ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow()
                        .toNanos()
                / 1e3;
    }
}
