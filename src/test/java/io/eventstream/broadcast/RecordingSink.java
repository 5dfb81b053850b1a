package io.eventstream.broadcast;

import io.eventstream.testing.SseParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what it is given, is ready when it is told to be, and notes whatever no connection would bear: two callers at
 * once, a write or flush that was not asked for, anything after the end.
 */
class RecordingSink implements Sink {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> calls = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private boolean asked;
    private int writes;

    private volatile boolean ready = true;
    private volatile @Nullable IOException failure;
    private volatile @Nullable Ending ending;

    /** From now on nothing may be written, as after {@code isReady} was false. */
    void stall() {
        ready = false;
    }

    /** May be written to again; the test wakes the subscriber, as {@code onWritePossible} would. */
    void recover() {
        ready = true;
    }

    /** The next write fails. */
    void breakDown() {
        failure = new IOException("Broken pipe");
    }

    @Override
    public boolean ready() {
        boolean now = ready; // once: a test may stall it or have it recover meanwhile
        alone(() -> {
            calls.add("ready");
            asked = now;
        });
        return now;
    }

    @Override
    public void write(byte[] more) throws IOException {
        IOException broken = failure;
        if (broken != null) {
            throw broken;
        }
        alone(() -> {
            touched("write");
            bytes.writeBytes(more);
            writes++;
        });
    }

    @Override
    public void flush() {
        alone(() -> touched("flush"));
    }

    private void touched(String call) {
        calls.add(call);
        if (!asked) {
            faults.add(call + " without ready");
        }
        if (ending != null) {
            faults.add(call + " after the end");
        }
        asked = false;
    }

    @Override
    public void complete(Ending end, @Nullable Exception failed) {
        alone(() -> {
            if (ending != null) {
                faults.add("completed twice");
            }
            calls.add("complete");
            ending = end;
        });
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    private void alone(Runnable action) {
        if (inside.getAndIncrement() != 0) {
            faults.add("two callers at once");
        }
        action.run();
        inside.decrementAndGet();
    }

    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    List<SseParser.Event> events() {
        return new SseParser().feed(bytes.toByteArray());
    }

    /** The data of all events but control events. */
    List<String> data() {
        return events().stream()
                .filter(event ->
                        !event.type().startsWith("stream-") && !event.type().equals("keep-alive"))
                .map(SseParser.Event::data)
                .toList();
    }

    List<String> types() {
        return events().stream().map(SseParser.Event::type).toList();
    }

    List<String> calls() {
        return calls;
    }

    void forgetCalls() {
        calls.clear();
    }

    int writes() {
        return writes;
    }

    List<String> faults() {
        return faults;
    }

    Ending.@Nullable Reason endedBy() {
        Ending end = ending;
        return end == null ? null : end.reason();
    }
}
