package io.eventstream.client;

/**
 * An event as it came.
 *
 * @param type its type; {@code message} where the stream names none
 * @param data its data, as it was sent
 * @param lastEventId where the stream is in all of its channels after this event; empty as long as none had an id
 */
public record ReceivedEvent(String type, String data, String lastEventId) {}
