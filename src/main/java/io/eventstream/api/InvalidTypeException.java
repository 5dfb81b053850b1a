package io.eventstream.api;

/**
 * An event's type holds CR, LF, NUL or half of a surrogate pair, is longer than 255 characters, or is one of the types
 * that the stream itself uses: {@code stream-open}, {@code stream-reset}, {@code stream-error}, {@code keep-alive}.
 */
public final class InvalidTypeException extends EventStreamException {

    private static final long serialVersionUID = 1;

    private final String type;

    InvalidTypeException(String type, String reason) {
        super("The type " + reason + ", was " + Names.quoted(type));
        this.type = type;
    }

    /** {@return the type that was refused} */
    public String type() {
        return type;
    }
}
