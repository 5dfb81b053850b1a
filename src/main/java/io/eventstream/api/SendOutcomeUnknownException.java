package io.eventstream.api;

/**
 * The connection to the storage of events failed while it committed, so messages may have been stored or not. Who sends
 * them again may send them twice.
 */
public final class SendOutcomeUnknownException extends EventStreamException {

    private static final long serialVersionUID = 1;

    /**
     * Creates one.
     *
     * @param cause what the commit ended with
     */
    public SendOutcomeUnknownException(Throwable cause) {
        super("The storage failed while it committed: what was sent may have been stored or not", cause);
    }
}
