package io.eventstream.spi;

import io.eventstream.api.InvalidChannelException;
import java.util.Objects;
import java.util.Set;

/**
 * A message as it is to be stored. Immutable; safe for use by many threads.
 *
 * @param channel the channel's name, of any characters
 * @param type the {@code event:} field, at most 255 characters, without CR, LF and NUL
 * @param data what is sent: JSON, or raw text of any characters
 * @param skipUsers names of users who do not get it
 */
public record EncodedMessage(String channel, String type, String data, Set<String> skipUsers) {

    /**
     * Checks what a storage relies on.
     *
     * @throws InvalidChannelException if the channel's name cannot be one
     * @throws IllegalArgumentException if the type holds NUL
     */
    public EncodedMessage {
        InvalidChannelException.requireValid(Objects.requireNonNull(channel, "channel"));
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(data, "data");
        if (type.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The type of a stored message must not hold NUL");
        }
        skipUsers = Set.copyOf(skipUsers);
    }
}
