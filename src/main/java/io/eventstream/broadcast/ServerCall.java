package io.eventstream.broadcast;

/**
 * A call of the server that may have it begin a thread of a pool of its own. Such a thread inherits the caller's context
 * class loader; were that the application's, WildFly's pool would keep it when the application has long gone.
 */
public final class ServerCall {

    private ServerCall() {}

    /**
     * Makes it, and puts the thread's class loader back.
     *
     * @param server whose class loader is that of the call
     */
    public static void make(Object server, Runnable call) {
        Thread thread = Thread.currentThread();
        ClassLoader applications = thread.getContextClassLoader();
        thread.setContextClassLoader(server.getClass().getClassLoader());
        try {
            call.run();
        } finally {
            thread.setContextClassLoader(applications);
        }
    }
}
