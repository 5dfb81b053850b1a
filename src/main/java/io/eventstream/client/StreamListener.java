package io.eventstream.client;

import java.util.List;

/** Is told what comes on a stream, by one thread at a time. While it works, the stream waits; what it throws ends the stream. */
@FunctionalInterface
public interface StreamListener {

    /**
     * An event has come. It counts as seen once this returns: a stream that breaks meanwhile is opened again after it.
     *
     * @param event the event
     */
    void received(ReceivedEvent event);

    /**
     * Events of these channels are lost to this listener, since it was away for too long; the stream goes on. What it has
     * made of earlier events should be loaded again.
     *
     * @param channels their names
     */
    default void reset(List<String> channels) {}

    /** The stream was opened, for the first time or again. */
    default void opened() {}

    /**
     * The stream broke, or could not be opened; it will be tried again.
     *
     * @param reason what happened
     */
    default void interrupted(Exception reason) {}
}
