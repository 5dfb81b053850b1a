package io.eventstream.api;

/** The text of a last event id is not of the form {@code channel:n,channel2:m}. */
public final class InvalidLastEventIdException extends EventStreamException {

    private static final long serialVersionUID = 1;

    private final String text;

    InvalidLastEventIdException(String text) {
        super("A last event id has the form channel:n,channel2:m with percent-encoded channel names, was "
                + Names.quoted(text));
        this.text = text;
    }

    /** {@return the text that was refused} */
    public String text() {
        return text;
    }
}
