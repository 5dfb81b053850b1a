package io.eventstream.sender;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.api.DataNotEncodableException;
import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.EventStreamMessage;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/** What a server checks of a message before it takes it. */
final class OutgoingText {

    private OutgoingText() {}

    /** Throws what {@code EventStream.send} throws in a server. */
    static void check(String channel, String type, String data, int maxSize) {
        EventStreamMessage.raw(channel, type, data);
        int size;
        try {
            size = UTF_8.newEncoder().encode(CharBuffer.wrap(data)).remaining();
        } catch (CharacterCodingException e) {
            throw new DataNotEncodableException(channel, "holds half of a surrogate pair, which UTF-8 cannot say", e);
        }
        if (size > maxSize) {
            throw new DataTooLargeException(channel, size, maxSize);
        }
    }
}
