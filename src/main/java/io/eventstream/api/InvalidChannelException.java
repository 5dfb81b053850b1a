package io.eventstream.api;

/** A channel's name is blank, longer than 255 characters, or holds half of a surrogate pair. */
public final class InvalidChannelException extends EventStreamException {

    private static final long serialVersionUID = 1;

    private final String channel;

    InvalidChannelException(String channel, String reason) {
        super("The channel " + reason + ", was " + Names.quoted(channel));
        this.channel = channel;
    }

    /**
     * Checks a name.
     *
     * @param channel a channel's name
     * @return the same name
     * @throws InvalidChannelException if it cannot be one
     */
    public static String requireValid(String channel) {
        return Names.checkedChannel(channel);
    }

    /** {@return the name that was refused} */
    public String channel() {
        return channel;
    }
}
