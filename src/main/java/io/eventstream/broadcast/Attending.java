package io.eventstream.broadcast;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Those who listen, for whoever wants to be told: of each its begin, and once its end. Who never began, because it was refused,
 * is not told of. Costs nothing where nobody wants it. Safe for use by many threads.
 */
final class Attending {

    private final Attendance attendance;
    private final boolean wanted;
    private final Map<Subscriber, Runnable> ends = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Attending(Attendance attendance) {
        this.attendance = attendance;
        this.wanted = attendance.isWanted();
    }

    /** It gets a sink, so it was let in; it may have ended meanwhile. */
    void begins(Subscriber subscriber) {
        if (!wanted || closed || hasLeft(subscriber)) {
            return;
        }
        ends.put(subscriber, attendance.begins(subscriber.interest()));
        if (hasLeft(subscriber)) {
            // Whoever has ended it may have been here before it was among them.
            ends(subscriber);
        }
    }

    /** It leaves its channels before its end is told here. */
    private static boolean hasLeft(Subscriber subscriber) {
        return subscriber.positions() == Positions.NONE;
    }

    /** It has left its channels. */
    void ends(Subscriber subscriber) {
        if (!wanted || closed) {
            return;
        }
        Runnable end = ends.remove(subscriber);
        if (end != null) {
            end.run();
        }
    }

    /** Nothing is told any more: when the application ends, so do those who would listen to it. */
    void close() {
        closed = true;
    }
}
