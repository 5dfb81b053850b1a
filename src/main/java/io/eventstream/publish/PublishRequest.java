package io.eventstream.publish;

import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.sse.JsonTexts;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests to publish. */
final class PublishRequest {

    private static final Set<String> KEYS = Set.of("channel", "type", "data", "skipUsers");

    private PublishRequest() {}

    /** {@return the body as text} */
    static String text(InputStream body, int maxSize) throws IOException {
        byte[] bytes = body.readNBytes(maxSize == Integer.MAX_VALUE ? maxSize : maxSize + 1);
        if (bytes.length > maxSize) {
            throw PublishRefusedException.tooLarge("The request has more than the " + maxSize + " bytes that"
                    + " eventstream.publish.max-request-size allows");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw PublishRefusedException.badRequest("The body is not UTF-8");
        }
    }

    /** {@return the text again, if it is JSON} */
    static String checkedJson(String text) {
        requireSomething(text);
        try (JsonParser parser = JsonTexts.provider().createParser(new StringReader(text))) {
            while (parser.hasNext()) {
                parser.next();
            }
            return text;
        } catch (RuntimeException e) {
            throw badJson(e);
        }
    }

    /** {@return the messages of one object or an array of them} */
    static List<EventStreamMessage> messages(String text) {
        JsonValue body = value(text);
        List<EventStreamMessage> messages = new ArrayList<>();
        if (body instanceof JsonArray array) {
            if (array.isEmpty()) {
                throw PublishRefusedException.badRequest("The array is empty; there is nothing to send");
            }
            for (int i = 0; i < array.size(); i++) {
                messages.add(message(array.get(i), "Element " + i + ": "));
            }
        } else if (body instanceof JsonObject) {
            messages.add(message(body, ""));
        } else {
            throw PublishRefusedException.badRequest(
                    "The body must be an object with channel, type, data and skipUsers, or an array of such objects");
        }
        return messages;
    }

    /** By a parser, since a JsonReader takes the first value and leaves what follows it. */
    private static JsonValue value(String text) {
        requireSomething(text);
        try (JsonParser parser = JsonTexts.provider().createParser(new StringReader(text))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                throw new JsonException("something follows the first value");
            }
            return value;
        } catch (RuntimeException e) {
            throw badJson(e);
        }
    }

    private static void requireSomething(String text) {
        if (text.isBlank()) {
            throw PublishRefusedException.badRequest("The body is empty; send JSON");
        }
    }

    /** Not only for a JsonException: numbers and nesting that Parsson finds too long or too deep end in others. */
    private static PublishRefusedException badJson(RuntimeException e) {
        return PublishRefusedException.badRequest("The body is not JSON: " + e.getMessage()
                + ". To send text as it is, send it with Content-Type: text/plain");
    }

    private static EventStreamMessage message(JsonValue value, String where) {
        if (!(value instanceof JsonObject object)) {
            throw PublishRefusedException.badRequest(
                    where + "must be an object with channel, type, data and skipUsers");
        }
        for (String key : object.keySet()) {
            if (!KEYS.contains(key)) {
                throw PublishRefusedException.badRequest(
                        where + "has an unknown key " + key + "; there are channel, type, data and skipUsers");
            }
        }
        try {
            return EventStreamMessage.raw(
                            string(object, "channel", null, where),
                            string(object, "type", "message", where),
                            object.getOrDefault("data", JsonValue.NULL).toString())
                    .skipUsers(skipUsers(object, where));
        } catch (EventStreamException | IllegalArgumentException e) {
            throw PublishRefusedException.badRequest(where + e.getMessage());
        }
    }

    private static String string(JsonObject object, String key, @Nullable String otherwise, String where) {
        JsonValue value = object.get(key);
        if (value instanceof JsonString text) {
            return text.getString();
        }
        if (value == null && otherwise != null) {
            return otherwise;
        }
        throw PublishRefusedException.badRequest(where + key + " must be a text");
    }

    private static List<String> skipUsers(JsonObject object, String where) {
        JsonValue value = object.getOrDefault("skipUsers", JsonValue.EMPTY_JSON_ARRAY);
        if (!(value instanceof JsonArray array) || !array.stream().allMatch(JsonString.class::isInstance)) {
            throw PublishRefusedException.badRequest(where + "skipUsers must be an array of texts");
        }
        return array.getValuesAs(JsonString::getString);
    }
}
