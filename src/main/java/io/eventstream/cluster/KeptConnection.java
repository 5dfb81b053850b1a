package io.eventstream.cluster;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a transport: made when it is wanted, made anew after one that failed, and ended for good by {@link #close},
 * whoever uses it. One thread uses it; safe for use by others that close it.
 *
 * @param <X> what connecting fails with
 */
final class KeptConnection<C, X extends Exception> implements AutoCloseable {

    /** Makes one. */
    interface Connector<C, X extends Exception> {
        C connect() throws X, IOException;
    }

    /** Ends one, in use or broken; what it throws is ignored. */
    interface End<C> {
        void end(C connection) throws Exception;
    }

    private final Connector<C, X> connector;
    private final End<C> end;

    // Guarded by this.
    private @Nullable C kept;
    private boolean closed;

    KeptConnection(Connector<C, X> connector, End<C> end) {
        this.connector = connector;
        this.end = end;
    }

    /** {@return the connection} */
    C get() throws X, IOException {
        synchronized (this) {
            if (kept != null) {
                return kept;
            }
        }
        // Not under the lock: it may take long, and whoever closes must not wait for it.
        C made = connector.connect();
        synchronized (this) {
            if (!closed) {
                kept = made;
                return made;
            }
        }
        quietly(made);
        throw new IOException("The transport is closed");
    }

    /** It has failed: the next is another. */
    void forget() {
        C broken;
        synchronized (this) {
            broken = kept;
            kept = null;
        }
        quietly(broken);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        forget();
    }

    private void quietly(@Nullable C connection) {
        if (connection != null) {
            try {
                end.end(connection);
            } catch (Exception e) {
                // It is gone all the same.
            }
        }
    }
}
