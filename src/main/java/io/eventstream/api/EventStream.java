package io.eventstream.api;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Sends messages and tells what became of them; an injectable bean. To send without waiting for the outcome, fire
 * {@link EventStreamMessage} as a CDI event instead.
 *
 * <p>Safe for use by many threads.
 */
public interface EventStream {

    /**
     * Sends a message: inside a transaction with its commit, else at once.
     *
     * <p>What depends on the result ({@code thenAccept} and the like) runs on the server's managed executor. Of what combines
     * several, such as {@code CompletableFuture.allOf}, use the methods that end in {@code Async}, since others would hold
     * up the numbering of events.
     *
     * @param message what to send
     * @return completed with the event once it is on its way to the subscribers of this node; where the channel is reliable,
     *     once it is stored and has its id. Exceptionally with {@link SendRolledBackException} if the transaction did not
     *     commit, with {@link StorageUnavailableException} or {@link StorageRefusedException} if it was not stored, and with
     *     {@link SendOutcomeUnknownException} if nobody knows. Inside a transaction, waiting for it ({@code join},
     *     {@code get}) on the transaction's own thread before its end throws {@link IllegalStateException}, since that would
     *     wait for one's own commit
     * @throws DataNotEncodableException if the data cannot be written
     * @throws DataTooLargeException if the data has more bytes than {@code eventstream.max-event-size}
     * @throws StorageUnavailableException if it cannot be stored with the caller's transaction
     * @throws StorageRefusedException if it cannot be stored with the caller's transaction
     */
    CompletionStage<StreamEvent> send(EventStreamMessage message);

    /**
     * Where channels are now, to be put into a page, so that its stream goes on from there: as the parameter
     * {@code lastEventId} of the stream's address. Read the position first and the page's state afterwards, or take
     * {@link #snapshot}: then the stream may repeat what the page shows already, but never lacks it.
     *
     * <p>It is read in a transaction of its own, so it tells what is committed, whatever the caller is in.
     *
     * @param channels names of channels
     * @return the id of the newest event of each, 0 where there was none; without channels that are not reliable
     * @throws InvalidChannelException if one of them cannot be a channel's name
     * @throws StorageUnavailableException if it cannot be read
     */
    LastEventId currentId(String... channels);

    /**
     * A state and the position to listen from, in the order that loses nothing: the position is read first, then the
     * supplier runs, on the caller's thread and in the caller's transaction.
     *
     * <p>In a transaction that sees only what was committed before it began (REPEATABLE READ), the state may be older than
     * the position if something was read before; begin a new one, or call this first.
     *
     * @param <T> what the state is
     * @param channels names of channels
     * @param state reads the state
     * @return both
     * @throws InvalidChannelException if one of them cannot be a channel's name
     * @throws StorageUnavailableException if the position cannot be read
     */
    <T> Snapshot<T> snapshot(Collection<String> channels, Supplier<T> state);

    /**
     * Says that what a user may read has changed: each stream of that user which listens to the channel and may no
     * longer do so is ended with a {@code stream-error}. The same as firing {@link ChannelPermissionChanged}.
     *
     * @param user the user's name; empty for everybody who is not signed in
     * @param channel the channel's name
     */
    void permissionChanged(String user, String channel);

    /**
     * Who listens to a channel. Of this node it is known at once, of the others as soon as they have told: within a second
     * or two where the transport works. Subscribers of a node that was killed, or is not connected, are forgotten after 15 s;
     * one that has gone without a word counts until a write finds it out. Without a transport it is this node alone.
     *
     * @param channel the channel's name
     * @return how many subscribers there are, 0 where there are none, and with {@code eventstream.presence=users} who they are
     * @throws InvalidChannelException if it cannot be a channel's name
     * @throws IllegalStateException with {@code eventstream.presence=off}, which is the default
     */
    ChannelPresence presence(String channel);
}
