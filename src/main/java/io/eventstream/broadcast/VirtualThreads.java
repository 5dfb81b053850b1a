package io.eventstream.broadcast;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

/** The JDK's virtual threads, by reflection, since this code is for Java 17. */
final class VirtualThreads implements ThreadFactory {

    /** Before, a wait inside of {@code synchronized} holds one of the few threads that carry them all (JEP 491). */
    private static final int FIRST_RELEASE = 24;

    static boolean areThere() {
        return Runtime.version().feature() >= FIRST_RELEASE;
    }

    @Override
    public Thread newThread(Runnable run) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            // Of the interface: the class behind it is not open to others.
            Method unstarted = Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
            return (Thread) unstarted.invoke(builder, run);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java " + Runtime.version() + " makes no virtual threads", e);
        }
    }
}
