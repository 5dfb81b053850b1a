package io.eventstream.api;

import org.jspecify.annotations.Nullable;

/** The storage of events cannot be reached or is too busy. Nothing was stored; the same message may be sent again. */
public final class StorageUnavailableException extends EventStreamException {

    private static final long serialVersionUID = 1;

    /**
     * Creates one.
     *
     * @param reason what happened, as a sentence without its full stop
     * @param cause what the storage said, or null
     */
    public StorageUnavailableException(String reason, @Nullable Throwable cause) {
        super(reason + ". Nothing was stored; try again later", cause);
    }
}
