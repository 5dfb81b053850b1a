package io.eventstream.api;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * A message as it was sent.
 *
 * @param channel its channel
 * @param id its number in the channel, from 1 without gaps; empty where the channel is not reliable
 * @param type its type
 * @param data its data as sent: JSON, or the raw text
 */
public record StreamEvent(String channel, OptionalLong id, String type, String data) {

    /** Checks that nothing is missing. */
    public StreamEvent {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(data, "data");
    }
}
