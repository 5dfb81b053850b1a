package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many streams of numbered events, read by one thread that does as little as it can. */
public final class ManyStreams implements AutoCloseable {

    private static final int BUFFER = 256 * 1024;
    private static final Duration OPENING = Duration.ofSeconds(30);

    private final Selector selector;
    private final List<StreamOfNumbers> streams = new ArrayList<>();
    private final List<SelectionKey> keys = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    private ManyStreams() throws IOException {
        selector = Selector.open();
        thread = new Thread(this::run, "many-streams");
        thread.setDaemon(true);
    }

    /**
     * Opens as many, and waits until all of them are open.
     *
     * @param filling size of the filling in each event
     */
    public static ManyStreams open(URI base, String path, int count, int filling) {
        try {
            var many = new ManyStreams();
            many.connect(base, path, count, filling);
            many.thread.start();
            await("all streams open")
                    .atMost(OPENING)
                    .until(() -> many.streams.stream().allMatch(StreamOfNumbers::open));
            return many;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect(URI base, String path, int count, int filling) throws IOException {
        byte[] request = ("GET " + base.getRawPath() + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n\r\n")
                .getBytes(US_ASCII);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(base.getHost(), base.getPort()));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            var stream = new StreamOfNumbers(filling);
            streams.add(stream);
            keys.add(channel.register(selector, SelectionKey.OP_READ, stream));
        }
    }

    /** {@return all of them, in the order in which they were opened} */
    public List<StreamOfNumbers> streams() {
        return streams;
    }

    /** From now on reads nothing of those. */
    public void stopReading(int from, int to) {
        keys.subList(from, to).forEach(key -> key.interestOps(0));
        selector.wakeup();
    }

    /** Reads them again. */
    public void goOnReading(int from, int to) {
        keys.subList(from, to).forEach(key -> key.interestOps(SelectionKey.OP_READ));
        selector.wakeup();
    }

    private void run() {
        ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER);
        byte[] bytes = new byte[BUFFER];
        try {
            while (!closed) {
                selector.select(key -> read(key, direct, bytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(SelectionKey key, ByteBuffer direct, byte[] bytes) {
        var stream = (StreamOfNumbers) key.attachment();
        try {
            direct.clear();
            int length = ((SocketChannel) key.channel()).read(direct);
            if (length > 0) {
                direct.flip();
                direct.get(bytes, 0, length);
                stream.add(bytes, length);
            }
            if (length < 0 || stream.ended()) {
                end(key, stream);
            }
        } catch (IOException e) {
            end(key, stream);
        }
    }

    private static void end(SelectionKey key, StreamOfNumbers stream) {
        stream.end();
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            for (SelectionKey key : keys) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
