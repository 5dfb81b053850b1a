package io.eventstream.cluster;

import org.jspecify.annotations.Nullable;

/** A line is none of ours, or of another version. */
final class UnreadableMessageException extends Exception {

    private static final long serialVersionUID = 1;

    /** Made with the reason, which holds nothing of the line. */
    UnreadableMessageException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
