package io.eventstream.broadcast;

/** Told who listens on this node. Neither waits nor throws. Safe for use by many threads. */
public interface Attendance {

    /** {@return whether it wants to be told at all; asked once} */
    boolean isWanted();

    /**
     * A stream has begun.
     *
     * @param interest what it listens to, and who it is
     * @return run once, when it has ended
     */
    Runnable begins(Interest interest);
}
