package io.eventstream.spi;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the events of reliable channels and gives them their numbers: 1, 2, 3 … in each channel, without gaps, in commit
 * order. A message whose commit returned before another's send began has the smaller number, whichever node sent it.
 *
 * <p>Every method but {@link #join} works in transactions of its own, whatever the caller is in. All of them block while
 * the storage works; none may be called inside a lock. Each throws {@link StorageUnavailableException} where the storage
 * cannot be reached or stays too busy, and {@link StorageRefusedException} where it refuses what it is asked. Safe for use
 * by many threads, and by many nodes on the same storage.
 *
 * <p>A storage that cannot take part in a caller's transaction leaves {@link #joins}, {@link #join}, {@link #number},
 * {@link #numbers} and {@link #unnumbered} as they are; one that can implements all five.
 */
public interface EventStorage {

    /**
     * Which storage this is. Cheap enough to be asked with every poll.
     *
     * @return its identity as of now
     */
    StorageIdentity identity();

    /**
     * Goes on with another generation, because this storage lost events that somebody may have seen. Numbers that are
     * given after the return are of at least that generation.
     *
     * @param atLeast the generation; nothing happens where it is reached already
     * @return the identity as of now
     */
    StorageIdentity raiseGeneration(long atLeast);

    /**
     * Stores messages in one transaction, all or none, and numbers them. Messages of the same channels that were joined
     * and committed before are numbered first. Waits for other calls on the same channels, never for a transaction that
     * {@link #join} was called in.
     *
     * @param messages what to store; each channel's in the order of their numbers
     * @return what was stored, and what was numbered along
     * @throws SendOutcomeUnknownException if the storage failed in the commit, so that they may be stored or not. After
     *     any other exception none is
     */
    Appended append(List<EncodedMessage> messages);

    /**
     * Whether messages can be stored in the caller's transaction.
     *
     * @return if not, {@link #join} must not be called; not by default
     */
    default boolean joins() {
        return false;
    }

    /**
     * Writes a message in the caller's transaction, at once, without a number: nobody sees it before the commit, and
     * nothing is left of it after a rollback. After the commit, {@link #number} gives it one.
     *
     * @param message what to store
     * @return its key, as in {@link NumberedEvent}; of two messages of one transaction the later one has the larger
     * @throws IllegalStateException if there is no transaction, or it can only be rolled back; always by default
     */
    default long join(EncodedMessage message) {
        throw new IllegalStateException("This storage cannot take part in a transaction");
    }

    /**
     * Gives numbers to messages that were joined and committed. Never waits for a transaction that is still open.
     *
     * @param channels whose messages
     * @param limit how many at most, of all channels together
     * @return the events that this call numbered, in the order of their numbers in each channel; if they are fewer than
     *     the limit, nothing was left when it looked. None by default
     */
    default List<NumberedEvent> number(Set<String> channels, int limit) {
        return List.of();
    }

    /**
     * The numbers of messages that were joined, for those that another node, or another call, may have numbered.
     *
     * @param keys what {@link #join} returned
     * @return key to number; without those that have none yet, were rolled back or are purged. Empty by default
     */
    default Map<Long, Long> numbers(Collection<Long> keys) {
        return Map.of();
    }

    /**
     * Channels with messages that were joined and committed and have no number: what a crash left, or what is about to be
     * numbered anyway. It is asked with every poll, so that an outage of the storage is noticed while nobody sends.
     *
     * @return their names; none by default, once the storage has told its {@link #identity}
     */
    default Set<String> unnumbered() {
        identity();
        return Set.of();
    }

    /**
     * Where channels begin and end. One look at the storage for all of them, as far as it takes so many at once.
     *
     * @param channels their names
     * @return one for each of these channels
     */
    Map<String, ChannelHead> heads(Collection<String> channels);

    /**
     * Which channels begin or end elsewhere than they did. It is asked with every poll, of all channels that somebody on the
     * node listens to, and mostly none has changed: a storage that can compare by itself need not tell of the others.
     *
     * @param known where they were
     * @return those of them that differ in {@link ChannelHead#newest} or {@link ChannelHead#oldest}, as they are now; by
     *     default the {@link #heads} of all are read and compared here
     */
    default Map<String, ChannelHead> changedHeads(Map<String, ChannelHead> known) {
        Map<String, ChannelHead> changed = new HashMap<>(heads(known.keySet()));
        changed.entrySet().removeIf(now -> now.getValue().equals(known.get(now.getKey())));
        return changed;
    }

    /**
     * Events after a position. Whoever reads checks that the first one is {@code position + 1}: otherwise the position is
     * purged or of another generation.
     *
     * @param channel the channel
     * @param position a number, or 0
     * @param limit how many at most
     * @return the next events, without gaps but for the ends of generations
     */
    List<StoredEvent> after(String channel, long position, int limit);

    /**
     * Deletes events whose time is over, in each channel a prefix of its numbers, by the storage's clock. Senders do not
     * wait for it. While one node does this, the call does nothing on others.
     *
     * @param retention how long to keep
     * @return how many events were deleted
     */
    long purge(Retention retention);
}
