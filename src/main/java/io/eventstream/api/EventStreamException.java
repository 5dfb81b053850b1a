package io.eventstream.api;

import org.jspecify.annotations.Nullable;

/**
 * What this library refuses or could not do; each condition has an exception of its own below it. The message says
 * what to do about it.
 */
public abstract sealed class EventStreamException extends RuntimeException
        permits InvalidChannelException,
                InvalidTypeException,
                InvalidLastEventIdException,
                DataTooLargeException,
                DataNotEncodableException,
                SendRolledBackException,
                SendOutcomeUnknownException,
                StorageRefusedException,
                StorageUnavailableException {

    private static final long serialVersionUID = 1;

    EventStreamException(String message) {
        this(message, null);
    }

    private final String text;

    EventStreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.text = message;
    }

    /** {@return what is wrong and what to do about it} */
    @Override
    public final String getMessage() {
        return text;
    }
}
