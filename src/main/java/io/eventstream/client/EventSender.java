package io.eventstream.client;

import io.eventstream.api.StreamEvent;
import java.util.concurrent.CompletableFuture;

/**
 * Sends to channels from any Java program, whichever way it takes: {@link EventStreamClient} over HTTP; over Redis and over
 * Jakarta Messaging the classes of {@code io.eventstream.sender}. Each says what its stages are completed with, and what they
 * fail with. Events of one sender keep their order, where it waits for each or the way is not HTTP. Safe for use by many
 * threads.
 */
public interface EventSender extends AutoCloseable {

    /**
     * Sends an event.
     *
     * @param channel where to
     * @param type of the event
     * @param json its data
     * @return completed with what was sent; its number where the channel is reliable and the way tells it
     */
    CompletableFuture<StreamEvent> send(String channel, String type, String json);

    /**
     * Sends an event whose data is any text.
     *
     * @param channel where to
     * @param type of the event
     * @param text its data
     * @return as {@link #send}
     */
    CompletableFuture<StreamEvent> sendText(String channel, String type, String text);

    /** Takes nothing more, and ends its connections once what it has taken is sent, or cannot be. */
    @Override
    void close();
}
