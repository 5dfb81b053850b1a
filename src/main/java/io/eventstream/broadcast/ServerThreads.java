package io.eventstream.broadcast;

import jakarta.enterprise.concurrent.ContextService;
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
    private static final String CONTEXTS = "java:comp/DefaultContextService";

    @Override
    public Thread newThread(Runnable run) {
        Thread thread = ServerThreads.<ManagedThreadFactory>lookUp(FACTORY).newThread(run);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * {@return makes threads that may wait for a peer, of which there may be many: virtual ones where the JDK has such that
     * can wait anywhere}
     */
    public ThreadFactory forWaiting() {
        if (!VirtualThreads.areThere()) {
            return this;
        }
        var threads = new VirtualThreads();
        return run ->
                threads.newThread(ServerThreads.<ContextService>lookUp(CONTEXTS).contextualRunnable(run));
    }

    @SuppressWarnings({"BanJNDI", "TypeParameterUnusedInFormals"}) // names of the platform's, each of one type
    private static <T> T lookUp(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException("The server has no " + name + " (Jakarta Concurrency)", e);
        }
    }
}
