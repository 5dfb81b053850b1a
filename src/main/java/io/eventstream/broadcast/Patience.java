package io.eventstream.broadcast;

import java.util.concurrent.TimeUnit;

/**
 * How long the watchdog of {@link BlockingDrains} lets a call last. Clients stall together, since what stalls them is a network
 * or a machine: after one that is stuck the next is given up sooner, and the more in a row the sooner. One thread at a time, but
 * for {@link #mistaken}.
 */
final class Patience {

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long FIRST_SHORTER_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(125);

    /** Looks that must find the same call, at first. */
    private static final int LOOKS = 4;

    /** Looks that find nobody stuck, after which it has more patience again. */
    private static final int CALM = 20;

    /** Whoever comes back within that time after he was given up need not have been. */
    static final long MISTAKE = LOOKS * LONGEST_PAUSE;

    private long pause = LONGEST_PAUSE;
    private int calm;
    private volatile boolean mistaken;

    /** {@return nanoseconds until the next look} */
    long pause() {
        if (mistaken) {
            mistaken = false;
            pause = Math.min(LONGEST_PAUSE, pause * 4);
        }
        return pause;
    }

    /** {@return whether a call that so many looks in a row have found again is stuck} */
    boolean isOver(int looks) {
        return looks >= (pause < LONGEST_PAUSE ? 1 : LOOKS);
    }

    /** One was stuck. */
    void stuck() {
        pause = Math.max(SHORTEST_PAUSE, Math.min(pause / 2, FIRST_SHORTER_PAUSE));
        calm = 0;
    }

    /** A look has found nobody stuck. */
    void moving() {
        calm++;
        if (calm >= CALM) {
            calm = 0;
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
    }

    /**
     * One that was given up has come back at once: the machine had let it wait. Without this a busy machine would be given ever
     * more threads. Called by any thread.
     */
    void mistaken() {
        mistaken = true;
    }
}
