package io.eventstream.broadcast;

import io.eventstream.server.ServerObjects;
import java.util.concurrent.ThreadFactory;

/** Threads that may wait for a peer, of which there may be many; they have the application's context. */
final class WaitingThreads {

    private WaitingThreads() {}

    /** {@return makes virtual ones where the JDK has such that can wait anywhere, else the server's} */
    static ThreadFactory orElse(ThreadFactory server) {
        if (!VirtualThreads.areThere()) {
            return server;
        }
        var virtual = new VirtualThreads();
        return run -> virtual.newThread(ServerObjects.contexts().contextualRunnable(run));
    }
}
