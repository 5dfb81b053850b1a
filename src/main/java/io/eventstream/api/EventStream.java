package io.eventstream.api;

import java.util.concurrent.CompletionStage;

/**
 * Sends messages and tells what became of them; an injectable bean. To send without waiting for the outcome, fire
 * {@link EventStreamMessage} as a CDI event instead.
 *
 * <p>Safe for use by many threads.
 */
public interface EventStream {

    /**
     * Sends a message: inside a transaction after its commit, else at once.
     *
     * @param message what to send
     * @return completed with the event once it is on its way to the subscribers of this node; exceptionally with
     *     {@link SendRolledBackException} if the transaction did not commit. Inside a transaction, waiting for it
     *     ({@code join}, {@code get}) on the transaction's own thread before its end throws
     *     {@link IllegalStateException}, since that would wait for one's own commit
     * @throws DataNotEncodableException if the data cannot be written
     * @throws DataTooLargeException if the data has more bytes than {@code eventstream.max-event-size}
     */
    CompletionStage<StreamEvent> send(EventStreamMessage message);

    /**
     * Says that what a user may read has changed: each stream of that user which listens to the channel and may no
     * longer do so is ended with a {@code stream-error}. The same as firing {@link ChannelPermissionChanged}.
     *
     * @param user the user's name; empty for everybody who is not signed in
     * @param channel the channel's name
     */
    void permissionChanged(String user, String channel);
}
