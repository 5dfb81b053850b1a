package io.eventstream.broadcast;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What writes to one connection. Called by one thread at a time, the one that has the subscriber's right to drain.
 */
interface Sink {

    /**
     * Whether a write or flush may start now. Where not, the sink wakes its subscriber as soon as it may.
     *
     * @throws IOException if the connection has failed
     */
    boolean ready() throws IOException;

    /** Writes whole events; only after {@link #ready()} said so. */
    void write(byte[] bytes) throws IOException;

    /** Sends what was written; only after {@link #ready()} said so. */
    void flush() throws IOException;

    /**
     * Ends the response and lets go of the connection: nothing else is called afterwards.
     *
     * @param ending why
     * @param failure what was thrown, where the connection has failed
     */
    void complete(Ending ending, @Nullable Exception failure);

    /** {@return whether a write may wait for the peer, so that it wants a thread of its own kind} */
    boolean mayBlock();
}
