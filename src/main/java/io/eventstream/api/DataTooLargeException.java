package io.eventstream.api;

/** The encoded data of a message has more bytes than the setting {@code eventstream.max-event-size} allows. */
public final class DataTooLargeException extends EventStreamException {

    private static final long serialVersionUID = 1;

    private final String channel;
    private final long size;
    private final long limit;

    /**
     * Creates one.
     *
     * @param channel the channel that the message was for
     * @param size bytes of encoded data
     * @param limit bytes that are allowed
     */
    public DataTooLargeException(String channel, long size, long limit) {
        super("The data of a message for the channel " + Names.quoted(channel) + " has " + size
                + " bytes; eventstream.max-event-size allows " + limit + ". Send less, or a link to it");
        this.channel = channel;
        this.size = size;
        this.limit = limit;
    }

    /** {@return the channel that the message was for} */
    public String channel() {
        return channel;
    }

    /** {@return bytes of encoded data} */
    public long size() {
        return size;
    }

    /** {@return bytes that are allowed} */
    public long limit() {
        return limit;
    }
}
