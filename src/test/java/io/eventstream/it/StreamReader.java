package io.eventstream.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.eventstream.testing.SseParser;
import io.eventstream.testing.SseParser.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Collects what another process prints of a stream, on a thread of its own. */
final class StreamReader implements AutoCloseable {

    private final InputStream in;
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();

    StreamReader(InputStream in) {
        this.in = in;
        var reader = new Thread(this::read, "stream-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        var buffer = new byte[8192];
        try {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                synchronized (got) {
                    got.write(buffer, 0, length);
                }
            }
        } catch (IOException e) {
            // The other process was ended.
        }
    }

    private byte[] bytes() {
        synchronized (got) {
            return got.toByteArray();
        }
    }

    void awaitText(String text) {
        await(text).until(() -> new String(bytes(), UTF_8).contains(text));
    }

    /** {@return the events after {@code stream-open}, when there are so many} */
    List<Event> awaitEvents(int count) {
        return await(count + " events").until(this::events, events -> events.size() >= count);
    }

    private List<Event> events() {
        return new SseParser()
                .feed(bytes()).stream()
                        .filter(event -> !event.type().equals("stream-open"))
                        .toList();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
