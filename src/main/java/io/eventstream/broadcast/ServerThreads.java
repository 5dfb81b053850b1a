package io.eventstream.broadcast;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Threads of the server's default factory, which have the application's context, since listeners of the application are
 * called on them.
 */
@ApplicationScoped
class ServerThreads implements ThreadFactory {

    private static final String FACTORY = "java:comp/DefaultManagedThreadFactory";

    @Override
    @SuppressWarnings("BanJNDI") // a name of the platform's, not of anybody's input
    public Thread newThread(Runnable run) {
        try {
            Thread thread =
                    InitialContext.<ManagedThreadFactory>doLookup(FACTORY).newThread(run);
            thread.setDaemon(true);
            return thread;
        } catch (NamingException e) {
            throw new IllegalStateException("The server has no " + FACTORY + " (Jakarta Concurrency)", e);
        }
    }
}
