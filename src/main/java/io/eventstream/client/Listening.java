package io.eventstream.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stream that is kept open, on a thread of its own, until it is closed or the server does not want it. */
public final class Listening implements AutoCloseable {

    private static final int NO_CONTENT = 204;
    private static final long FIRST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 30_000;

    private final EventStreamClient client;
    private final StreamListener listener;
    private final StreamStart start;
    private final List<String> channels;
    private final long silenceNanos;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "eventstream-listening");

    private volatile @Nullable InputStream stream;
    private volatile long heardNanos;
    private volatile boolean wasSilent;

    /** Of the thread alone. */
    private String lastEventId = "";

    private int failures;
    private OptionalLong pauseMillis = OptionalLong.empty();

    Listening(EventStreamClient client, StreamListener listener, StreamStart start, List<String> channels) {
        this.client = client;
        this.listener = listener;
        this.start = start;
        this.channels = channels;
        this.silenceNanos = client.silence().toNanos();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * {@return completed when nothing more will come: normally after {@link #close} or where the server has ended the stream
     * for good, exceptionally with {@link RequestRefusedException} where it does not want it, or with what the listener threw}
     */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Ends the stream. An event that the listener is just told of is the last one. */
    @Override
    public void close() {
        ended.complete(null);
        thread.interrupt();
        closeStream();
    }

    private void closeStream() {
        InputStream open = stream;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is closed all the same, and who reads it is told.
            }
        }
    }

    private void run() {
        try {
            while (!ended.isDone()) {
                once();
                if (!ended.isDone()) {
                    TimeUnit.MILLISECONDS.sleep(pause());
                }
            }
        } catch (InterruptedException e) {
            ended.complete(null);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private void once() throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = client.open(channels, start, lastEventId);
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == NO_CONTENT) {
                    ended.complete(null);
                    return;
                }
                requireStream(answer, body);
                read(body);
            }
            interrupted(new IOException(
                    wasSilent
                            ? "Nothing came for " + client.silence().toSeconds() + " s"
                            : "The server ended the stream"));
        } catch (IOException e) {
            interrupted(e);
        }
    }

    private void interrupted(IOException reason) {
        failures++;
        if (!ended.isDone()) {
            listener.interrupted(reason);
        }
    }

    /** What is the caller's fault will not be better the next time; the rest may be. */
    private void requireStream(HttpResponse<InputStream> answer, InputStream body) throws IOException {
        int status = answer.statusCode();
        if (status >= 500 || status == 429 || status == 408) {
            pauseMillis = retryAfter(answer);
            throw new IOException(RequestRefusedException.of(status, text(body)).getMessage());
        }
        if (status != 200) {
            throw RequestRefusedException.of(status, text(body));
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("text/event-stream")) {
            throw RequestRefusedException.because(
                    status, "The address answers with " + type + ", not with an event stream; is it that of /events?");
        }
    }

    /** In seconds; where it is a date, which servers of ours do not send, our own pause does. */
    private static OptionalLong retryAfter(HttpResponse<?> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("\\d{1,5}") ? OptionalLong.of(Long.parseLong(seconds) * 1000) : OptionalLong.empty();
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readNBytes(1 << 16), UTF_8);
    }

    private void read(InputStream body) throws IOException {
        var parser = new StreamParser(
                new BufferedReader(new InputStreamReader(body, UTF_8)),
                lastEventId,
                () -> heardNanos = System.nanoTime());
        heardNanos = System.nanoTime();
        wasSilent = false;
        stream = body;
        if (ended.isDone()) {
            return;
        }
        watch(body);
        try {
            parser.read(this::received);
        } finally {
            stream = null;
            lastEventId = parser.lastEventId();
            pauseMillis = parser.retryMillis();
        }
    }

    /** A peer that has vanished shows only by its silence. */
    @SuppressWarnings("ReferenceEquality") // the same stream, not one like it
    private void watch(InputStream watched) {
        long left = silenceNanos - (System.nanoTime() - heardNanos);
        CompletableFuture.delayedExecutor(Math.max(0, left) + 1, TimeUnit.NANOSECONDS)
                .execute(() -> {
                    if (stream != watched) {
                        return;
                    }
                    if (System.nanoTime() - heardNanos >= silenceNanos) {
                        wasSilent = true;
                        closeStream();
                    } else {
                        watch(watched);
                    }
                });
    }

    private void received(ReceivedEvent event) {
        if (ended.isDone()) {
            return;
        }
        switch (event.type()) {
            case "stream-open" -> {
                failures = 0;
                listener.opened();
            }
            case "stream-reset" -> listener.reset(SmallJson.texts(event.data(), "channels"));
            case "stream-error" -> throw RequestRefusedException.of(200, event.data());
            case "keep-alive" -> {
                // That it came is all it says.
            }
            default -> listener.received(event);
        }
    }

    /** As the server wants it, else longer from time to time; with jitter, so that not all clients come at once. */
    private long pause() {
        long most = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, 10));
        long wanted = pauseMillis.orElse(0);
        pauseMillis = OptionalLong.empty();
        return wanted + ThreadLocalRandom.current().nextLong(most / 2, most);
    }
}
