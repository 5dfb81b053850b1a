package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * One connection and the response that is coming in on it, byte for byte; nothing between the test and the socket. It
 * reads only while a test waits for something. One thread at a time.
 */
public final class RawHttp implements AutoCloseable {

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final int BUFFER = 64 * 1024;
    private static final int SHOWN = 2000;
    private static final Set<String> STREAMS_OWN = Set.of("stream-open", "keep-alive");

    private final URI base;
    private Socket socket;
    private Duration patience = Duration.ofSeconds(10);
    private byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    private String asked = "";
    private int status;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Dechunker chunks;
    private long missing;
    private boolean ended;

    private RawHttp(URI base) {
        this.base = base;
        connect();
    }

    private void connect() {
        socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), (int) CONNECTING.toMillis());
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to the server of an application. */
    public static RawHttp connect(URI base) {
        return new RawHttp(base);
    }

    /** Connects and opens a stream. */
    public static RawHttp get(URI base, String path, String... headers) {
        return connect(base).request("GET", path, map(headers), "");
    }

    /** Connects and asks, and reads nothing yet: not all servers answer before there is something to say. */
    public static RawHttp ask(URI base, String method, String path, String... headers) {
        return connect(base).send(method, path, map(headers), "");
    }

    /** From now on waits so long for whatever it waits for, instead of ten seconds. */
    public RawHttp patience(Duration longest) {
        patience = longest;
        return this;
    }

    /** From now on reads one byte from the socket at a time. */
    public RawHttp byteByByte() {
        buffer = new byte[1];
        return this;
    }

    /**
     * Sends a request, on the same connection as the one before it if that has ended, and waits for the head of the
     * response. On a new connection if the server wanted to close the old one.
     *
     * @param path below the application's address, as it is to stand in the request line
     * @param more headers; {@code Host} only if it is to be another than the server's
     */
    public RawHttp request(String method, String path, Map<String, String> more, String content) {
        return send(method, path, more, content).awaitHead();
    }

    private RawHttp send(String method, String path, Map<String, String> more, String content) {
        if (header("Connection").equalsIgnoreCase("close")) {
            close();
            connect();
        }
        var all = new LinkedHashMap<String, String>();
        all.put("Host", base.getAuthority());
        byte[] bytes = content.getBytes(UTF_8);
        if (bytes.length > 0 || method.equals("POST")) {
            all.put("Content-Length", Integer.toString(bytes.length));
        }
        all.putAll(more);
        var head = new StringBuilder(method + " " + base.getRawPath() + path + " HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        try {
            var out = new ByteArrayOutputStream();
            out.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
            out.writeBytes(bytes);
            socket.getOutputStream().write(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base.getRawPath() + path, e);
        }
        asked = method + " " + path;
        return this;
    }

    /** Reads the head of the response. */
    public RawHttp awaitHead() {
        try {
            readHead();
        } catch (IOException e) {
            throw new UncheckedIOException(base + ": " + asked, e);
        }
        return this;
    }

    private void readHead() throws IOException {
        headers.clear();
        body = new ByteArrayOutputStream();
        status = Integer.parseInt(readLine().split(" ")[1]);
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        chunks = "chunked".equalsIgnoreCase(header("Transfer-Encoding")) ? new Dechunker() : null;
        String length = header("Content-Length");
        missing = length.isEmpty() ? Long.MAX_VALUE : Long.parseLong(length);
        ended = asked.startsWith("HEAD ") || status == 204 || chunks == null && missing == 0;
    }

    private String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            if (from == to && !fill(deadline)) {
                throw new EOFException("No response head, but: " + line.toString(ISO_8859_1));
            }
            byte next = buffer[from++];
            if (next == '\n') {
                return line.toString(ISO_8859_1).replace("\r", "");
            }
            line.write(next);
        }
    }

    /** {@return false at the end of the connection} */
    private boolean fill(long deadline) throws IOException {
        long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
        socket.setSoTimeout((int) left);
        int length = socket.getInputStream().read(buffer);
        from = 0;
        to = Math.max(0, length);
        return length >= 0;
    }

    /** {@return the status of the response} */
    public int status() {
        return status;
    }

    /** {@return the value of a header of the response, several joined by a comma; empty for none} */
    public String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    /** {@return whether the response has a header} */
    public boolean hasHeader(String name) {
        return headers.containsKey(name);
    }

    /** {@return the body so far, without the chunked coding} */
    public byte[] body() {
        return body.toByteArray();
    }

    /** {@return the same as text} */
    public String text() {
        return body.toString(UTF_8);
    }

    /** {@return the events in the body so far, but for {@code stream-open} and {@code keep-alive}} */
    public List<SseParser.Event> events() {
        return new SseParser()
                .feed(body()).stream()
                        .filter(event -> !STREAMS_OWN.contains(event.type()))
                        .toList();
    }

    /** {@return how many keep-alives have come, of those that were read} */
    public int keepAlives() {
        return (int) new SseParser()
                .feed(body()).stream()
                        .filter(event -> event.type().equals("keep-alive"))
                        .count();
    }

    /** {@return whether the server has ended the response} */
    public boolean ended() {
        return ended;
    }

    /** Reads until the body holds that text. */
    public RawHttp awaitText(String expected) {
        return await("the text " + expected, () -> text().contains(expected));
    }

    /** Reads until the stream is open, so that whatever is sent afterwards comes. */
    public RawHttp awaitOpen() {
        return awaitText("event: stream-open\ndata:\n\n");
    }

    /** Reads until so many events have come. */
    public RawHttp awaitEvents(int count) {
        return await(count + " events", () -> events().size() >= count);
    }

    /** Reads until the server ends the response. */
    public RawHttp awaitEnd() {
        return await("the end", () -> ended);
    }

    /** Reads until something holds; fails when its patience or the response ends. */
    public RawHttp await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (ended || !read(deadline) && System.nanoTime() > deadline) {
                throw new AssertionError("Waited for " + what + (ended ? " until the response ended" : "") + "; status "
                        + status + ", body: " + shown(text()));
            }
        }
        return this;
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : "(…) " + text.substring(text.length() - SHOWN);
    }

    /** Reads whatever else comes until then, or until the response ends. */
    public RawHttp readFor(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        while (!ended && System.nanoTime() < deadline) {
            read(deadline);
        }
        return this;
    }

    /** {@return false if nothing came before the deadline} */
    private boolean read(long deadline) {
        try {
            if (from == to && !fill(deadline)) {
                // The body of a chunked response, or one with a length, is not whole; for others this is its end.
                ended = true;
                return true;
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (chunks != null) {
            from = chunks.feed(buffer, from, to, (bytes, first, end) -> body.write(bytes, first, end - first));
            ended = chunks.ended();
        } else {
            int length = (int) Math.min(missing, to - from);
            body.write(buffer, from, length);
            from += length;
            missing -= length;
            ended = missing == 0;
        }
        return true;
    }

    private static Map<String, String> map(String... headers) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return map;
    }

    /** Ends the connection as the system does for a process that dies with data unread: by a reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
