package io.eventstream.testing;

/** Takes the chunked coding (RFC 9112, 7.1) off a response's body, in whatever pieces it comes. One thread at a time. */
final class Dechunker {

    private enum State {
        SIZE,
        EXTENSION,
        DATA,
        DATA_END,
        TRAILER,
        ENDED
    }

    /** What gets the body's bytes. */
    interface Body {
        void add(byte[] bytes, int from, int to);
    }

    private State state = State.SIZE;
    private long size;
    private boolean lineEmpty = true;

    boolean ended() {
        return state == State.ENDED;
    }

    /** {@return the index after the last byte that belongs to this body} */
    int feed(byte[] bytes, int from, int to, Body body) {
        int at = from;
        while (at < to && state != State.ENDED) {
            if (state == State.DATA) {
                int length = (int) Math.min(size, to - at);
                body.add(bytes, at, at + length);
                at += length;
                size -= length;
                state = size == 0 ? State.DATA_END : State.DATA;
            } else {
                frame(bytes[at]);
                at++;
            }
        }
        return at;
    }

    private void frame(byte next) {
        boolean endOfLine = next == '\n';
        switch (state) {
            case SIZE, EXTENSION -> {
                if (endOfLine) {
                    state = size == 0 ? State.TRAILER : State.DATA;
                    lineEmpty = true;
                } else if (next == ';') {
                    state = State.EXTENSION;
                } else if (state == State.SIZE && next != '\r') {
                    size = size * 16 + Character.digit(next, 16);
                }
            }
            case DATA_END -> state = endOfLine ? State.SIZE : State.DATA_END;
            case TRAILER -> {
                if (endOfLine && lineEmpty) {
                    state = State.ENDED;
                } else if (next != '\r') {
                    lineEmpty = endOfLine;
                }
            }
            case DATA, ENDED -> throw new IllegalStateException("No frame in the state " + state);
        }
    }
}
