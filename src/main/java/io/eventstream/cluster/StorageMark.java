package io.eventstream.cluster;

import io.eventstream.spi.EventStorage;
import io.eventstream.spi.StorageIdentity;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which storage the numbers of this node belong to, so that those of another application on the same topic are not taken for
 * ours. Safe for use by many threads.
 */
final class StorageMark {

    private static final Logger LOG = System.getLogger(StorageMark.class.getName());
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Optional<EventStorage> storage;
    private final LongSupplier clock;
    private volatile UUID known = TransportMessage.NO_STORAGE;
    private volatile long readAt;

    /** Made with the clock, as {@link System#nanoTime} is. */
    StorageMark(Optional<EventStorage> storage, LongSupplier clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** {@return as it was read last; {@link TransportMessage#NO_STORAGE} where there is none} */
    UUID id() {
        return known;
    }

    /** Reads it; the identity is empty where there is no storage. Waits, and throws what the storage throws. */
    Optional<StorageIdentity> read() {
        readAt = clock.getAsLong();
        Optional<StorageIdentity> identity = storage.map(EventStorage::identity);
        identity.ifPresent(now -> known = now.id());
        return identity;
    }

    /** {@return whether numbers of that storage are ours; looked at again if not, since it may be replaced while we run} */
    boolean isOurs(UUID other) {
        if (!other.equals(known) && storage.isPresent() && clock.getAsLong() - readAt > PAUSE) {
            try {
                read();
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "The storage could not be asked which one it is", e);
            }
        }
        return storage.isPresent() && other.equals(known);
    }
}
