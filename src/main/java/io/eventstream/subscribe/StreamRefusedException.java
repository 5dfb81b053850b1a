package io.eventstream.subscribe;

import java.util.List;

/** A request for a stream that cannot be served. */
final class StreamRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. */
    enum Condition {
        BAD_REQUEST("bad-request"),
        FORBIDDEN("forbidden"),
        /** The client comes back after it was told not to. */
        ENDED("bad-request"),
        /** There is no room for another subscriber. */
        FULL("overloaded"),
        /** The storage that says where the client is cannot be asked now. */
        UNAVAILABLE("unavailable");

        private final String word;

        Condition(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private final String text;
    private final transient Condition condition;
    private final transient List<String> channels;

    private StreamRefusedException(Condition condition, String text, List<String> channels) {
        super(text);
        this.text = text;
        this.condition = condition;
        this.channels = List.copyOf(channels);
    }

    static StreamRefusedException badRequest(String text) {
        return new StreamRefusedException(Condition.BAD_REQUEST, "Invalid request: " + text, List.of());
    }

    static StreamRefusedException forbidden(List<String> channels) {
        return new StreamRefusedException(
                Condition.FORBIDDEN, "Permission denied to channels: " + String.join(", ", channels), channels);
    }

    static StreamRefusedException ended() {
        return new StreamRefusedException(
                Condition.ENDED, "Invalid request: Can't resume session after stream-error.", List.of());
    }

    static StreamRefusedException full(String text) {
        return new StreamRefusedException(Condition.FULL, text, List.of());
    }

    static StreamRefusedException unavailable() {
        return new StreamRefusedException(
                Condition.UNAVAILABLE, "The storage cannot be asked now; come back soon.", List.of());
    }

    Condition condition() {
        return condition;
    }

    List<String> channels() {
        return channels;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
