package io.eventstream.api;

import org.jspecify.annotations.Nullable;

/** The data of a message cannot be written: JSON-B refused it, or its text holds half of a surrogate pair. */
public final class DataNotEncodableException extends EventStreamException {

    private static final long serialVersionUID = 1;

    private final String channel;

    /**
     * Creates one.
     *
     * @param channel the channel that the message was for
     * @param reason what is wrong, as the rest of a sentence
     * @param cause what JSON-B said, or null
     */
    public DataNotEncodableException(String channel, String reason, @Nullable Throwable cause) {
        super("The data of a message for the channel " + Names.quoted(channel) + " " + reason, cause);
        this.channel = channel;
    }

    /** {@return the channel that the message was for} */
    public String channel() {
        return channel;
    }
}
