package io.eventstream.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.util.concurrent.ThreadFactory;

/**
 * Threads of the server's default factory, which have the application's context: listeners of the application are called on
 * them, and persistence needs it. Safe for use by many threads.
 */
@ApplicationScoped
@Typed(ServerThreads.class) // or an application could not inject a ThreadFactory of its own
public class ServerThreads implements ThreadFactory {

    @Override
    public Thread newThread(Runnable run) {
        Thread thread = ServerObjects.threads().newThread(run);
        thread.setDaemon(true);
        return thread;
    }
}
