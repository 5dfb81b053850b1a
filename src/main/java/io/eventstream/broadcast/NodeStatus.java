package io.eventstream.broadcast;

/**
 * How this node does at one moment.
 *
 * @param subscribers how many there are
 * @param maxSubscribers how many there may be
 * @param channels how many channels somebody listens to
 * @param closed whether the application ends
 * @param dispatcherMoves false if what is due for delivery has been stuck for longer than a healthy node takes
 */
public record NodeStatus(int subscribers, int maxSubscribers, int channels, boolean closed, boolean dispatcherMoves) {

    /** {@return whether one more subscriber would be taken} */
    public boolean acceptsSubscribers() {
        return !closed && subscribers < maxSubscribers;
    }
}
