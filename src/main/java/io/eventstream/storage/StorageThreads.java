package io.eventstream.storage;

import io.eventstream.server.ServerObjects;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ThreadFactory;

/** Threads with the application's context, which persistence needs. */
@ApplicationScoped
class StorageThreads implements ThreadFactory {

    @Override
    public Thread newThread(Runnable run) {
        ManagedThreadFactory threads = ServerObjects.threads();
        Thread thread = threads.newThread(run);
        thread.setDaemon(true);
        return thread;
    }
}
