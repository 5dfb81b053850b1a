package io.eventstream.api;

/** The transaction that a message was sent in did not commit, so nothing was sent. */
public final class SendRolledBackException extends EventStreamException {

    private static final long serialVersionUID = 1;

    private final String channel;

    /**
     * Creates one.
     *
     * @param channel the channel that the message was for
     */
    public SendRolledBackException(String channel) {
        super("The transaction did not commit, so its message for the channel " + Names.quoted(channel)
                + " was not sent");
        this.channel = channel;
    }

    /** {@return the channel that the message was for} */
    public String channel() {
        return channel;
    }
}
