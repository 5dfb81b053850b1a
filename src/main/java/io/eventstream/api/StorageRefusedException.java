package io.eventstream.api;

import org.jspecify.annotations.Nullable;

/** The storage of events works, but refused this: a value that it cannot hold, or tables that are not as they should be. */
public final class StorageRefusedException extends EventStreamException {

    private static final long serialVersionUID = 1;

    /**
     * Creates one.
     *
     * @param reason what was refused, as a sentence without its full stop
     * @param cause what the storage said, or null
     */
    public StorageRefusedException(String reason, @Nullable Throwable cause) {
        super(reason + ". Nothing was stored; sending it again will not help", cause);
    }
}
