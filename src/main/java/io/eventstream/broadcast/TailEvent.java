package io.eventstream.broadcast;

import io.eventstream.spi.StoredEvent;
import io.eventstream.sse.EventEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * An event of a channel, encoded. Where it has an id, the bytes hold that of a subscriber of this channel alone.
 *
 * @param number its place in the channel: its number in the storage, or else on this node, from 1 without gaps
 * @param type its type, for those who want only some
 * @param skipUsers names of users who do not get it
 * @param bytes encoded; never changed
 * @param idFrom where the line with the id begins
 * @param idTo where that line ends; 0 for an event without an id
 */
record TailEvent(long number, String type, Set<String> skipUsers, byte[] bytes, int idFrom, int idTo) {

    /** {@return an event of this node alone, without an id} */
    static TailEvent unstored(long number, String type, Set<String> skipUsers, byte[] bytes) {
        return new TailEvent(number, type, skipUsers, bytes, 0, 0);
    }

    /**
     * {@return a stored event}
     *
     * @param idPrefix what its id begins with, before its number
     */
    static TailEvent stored(StoredEvent event, String idPrefix) {
        byte[] bytes = EventEncoder.encode(event.type(), idPrefix + event.number(), event.data());
        int idFrom = afterLine(bytes, 0);
        return new TailEvent(event.number(), event.type(), event.skipUsers(), bytes, idFrom, afterLine(bytes, idFrom));
    }

    private static int afterLine(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    /** Writes it with the id of a subscriber of several channels, whether it has one itself or not. */
    void writeTo(ByteArrayOutputStream out, String id) {
        boolean hasId = idTo > 0;
        int from = hasId ? idFrom : afterLine(bytes, 0);
        int to = hasId ? idTo : from;
        out.write(bytes, 0, from);
        out.writeBytes(("id: " + id + "\n").getBytes(StandardCharsets.UTF_8));
        out.write(bytes, to, bytes.length - to);
    }
}
