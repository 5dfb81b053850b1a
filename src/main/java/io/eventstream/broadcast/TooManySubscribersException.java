package io.eventstream.broadcast;

/** This node has as many subscribers as {@code eventstream.max-subscribers} allows. */
public final class TooManySubscribersException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int limit;

    TooManySubscribersException(int limit) {
        this.limit = limit;
    }

    @Override
    public String getMessage() {
        return "This node has " + limit + " subscribers, as many as eventstream.max-subscribers allows";
    }
}
