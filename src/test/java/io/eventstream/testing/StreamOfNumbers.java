package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * A stream whose events hold a number, the time they were fired at, and filling; checks that the numbers are contiguous
 * but for a {@code stream-reset}. One thread writes, any may read.
 */
public final class StreamOfNumbers {

    private static final int LINE = 64;
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(US_ASCII);

    private final int filling;
    private final Dechunker chunks = new Dechunker();
    private final byte[] line = new byte[LINE];
    private int length;
    private int blanks;
    private int skipped;
    private int headMatched;
    private boolean afterReset;
    private long[] latencies = new long[64];

    private volatile boolean open;
    private volatile boolean ended;
    private volatile boolean broken;
    private volatile int received;
    private volatile int resets;
    private volatile long last;

    StreamOfNumbers(int filling) {
        this.filling = filling;
    }

    /** {@return whether {@code stream-open} has come} */
    public boolean open() {
        return open;
    }

    /** {@return whether the server has ended it} */
    public boolean ended() {
        return ended;
    }

    /** {@return whether a number was missing, came again or too early, without a reset before it} */
    public boolean broken() {
        return broken;
    }

    /** {@return how many numbers came} */
    public int received() {
        return received;
    }

    /** {@return how many resets came} */
    public int resets() {
        return resets;
    }

    /** {@return the number that came last} */
    public long last() {
        return last;
    }

    /** {@return nanoseconds from firing to reading, of each event that came} */
    public long[] latencies() {
        return Arrays.copyOf(latencies, received);
    }

    void end() {
        ended = true;
    }

    void add(byte[] bytes, int to) {
        int from = 0;
        while (from < to && headMatched < HEAD_END.length) {
            byte next = bytes[from++];
            headMatched = next == HEAD_END[headMatched] ? headMatched + 1 : next == '\r' ? 1 : 0;
        }
        chunks.feed(bytes, from, to, this::scan);
        if (chunks.ended()) {
            ended = true;
        }
    }

    private void scan(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (skipped > 0) {
                int step = Math.min(skipped, to - at);
                at += step;
                skipped -= step;
            } else {
                take(bytes[at]);
                at++;
            }
        }
    }

    private void take(byte next) {
        if (next == '\n') {
            endOfLine();
            length = 0;
            blanks = 0;
            return;
        }
        if (length < LINE) {
            line[length] = next;
        }
        length++;
        if (next == ' ') {
            blanks++;
            if (blanks == 3 && length < LINE && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length)) {
                number();
                skipped = filling;
            }
        }
    }

    private void number() {
        String[] parts = new String(line, DATA.length, length - DATA.length, US_ASCII).split(" ");
        long number = Long.parseLong(parts[0]);
        long latency = System.nanoTime() - Long.parseLong(parts[1]);
        boolean follows = last == 0 || number == last + 1 || afterReset && number > last;
        broken |= !follows;
        afterReset = false;
        if (received == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * received);
        }
        latencies[received] = latency;
        last = number;
        received++;
    }

    private void endOfLine() {
        if (length == 0 || length >= LINE || line[0] != 'e') {
            return;
        }
        String text = new String(line, 0, length, US_ASCII);
        if (text.equals("event: stream-open")) {
            open = true;
        } else if (text.equals("event: stream-reset")) {
            resets++;
            afterReset = true;
        }
    }
}
