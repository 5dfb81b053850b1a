package io.eventstream.cluster;

import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.sse.JsonTexts;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.Objects;

/** Messages of the queue as JSON. What a text says is checked, since anybody may send to a queue. */
final class QueueFormat {

    private QueueFormat() {}

    /**
     * Reads a text.
     *
     * @throws UnreadableMessageException if it is none of a program's, or of another version
     * @throws EventStreamException if it cannot be sent
     */
    static EventStreamMessage read(String text) throws UnreadableMessageException {
        try {
            JsonObject json = object(text);
            int format = json.getJsonNumber("format").intValueExact();
            if (format != QueueTexts.FORMAT) {
                throw new UnreadableMessageException("of format " + format + ", not " + QueueTexts.FORMAT, null);
            }
            String data = json.containsKey("text")
                    ? json.getString("text")
                    : Objects.requireNonNull(json.get("data"), "data").toString();
            return EventStreamMessage.raw(json.getString("channel"), json.getString("type"), data);
        } catch (EventStreamException e) {
            throw e;
        } catch (RuntimeException e) {
            // What JSON-P throws for what is missing, of another type, too long or too deep.
            throw new UnreadableMessageException("not a message of ours", e);
        }
    }

    /** By a parser, since a JsonReader takes the first value and leaves what follows it. */
    private static JsonObject object(String text) {
        try (JsonParser parser = JsonTexts.provider().createParser(new StringReader(text))) {
            parser.next();
            JsonObject object = parser.getObject();
            if (parser.hasNext()) {
                throw new JsonException("something follows");
            }
            return object;
        }
    }
}
