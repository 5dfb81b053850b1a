package io.eventstream.publish;

import io.eventstream.server.ServerObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs what the application hangs on the outcome of a send, with the application's context. */
@ApplicationScoped
class ApplicationTasks {

    private volatile @Nullable Executor known;

    /** {@return the server's executor, for a thread of the application's that asks} */
    public Executor executor() {
        Executor found = known;
        if (found == null) {
            found = ServerObjects.executor();
            known = found;
        }
        return found;
    }
}
