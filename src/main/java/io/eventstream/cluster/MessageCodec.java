package io.eventstream.cluster;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.sse.JsonTexts;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Messages as lines of JSON. What a line says is checked, since anybody may publish to a topic. */
final class MessageCodec {

    /** Of the lines that this version writes, and the only ones that it reads. */
    static final int FORMAT = 1;

    private MessageCodec() {}

    static String encode(TransportMessage message) {
        var text = new StringWriter();
        try (JsonGenerator json = JsonTexts.provider().createGenerator(text)) {
            json.writeStartObject()
                    .write("format", FORMAT)
                    .write("origin", message.origin().toString())
                    .write("storage", message.storage().toString())
                    .write("sequence", message.sequence());
            write(message.content(), json);
            json.writeEnd();
        }
        return text.toString();
    }

    private static void write(Content content, JsonGenerator json) {
        if (content instanceof Content.Event stored) {
            StoredEvent event = stored.event();
            json.write("kind", "event")
                    .write("channel", event.channel())
                    .write("id", event.number())
                    .write("previous", event.number() - 1)
                    .write("type", event.type())
                    .write("data", event.data())
                    .write("storedAt", event.storedAt().toEpochMilli());
            writeUsers(event.skipUsers(), json);
        } else if (content instanceof Content.Hint hint) {
            json.write("kind", "hint").write("channel", hint.channel()).write("id", hint.number());
        } else if (content instanceof Content.Live live) {
            json.write("kind", "live")
                    .write("channel", live.channel())
                    .write("type", live.type())
                    .write("data", live.data());
            writeUsers(live.skipUsers(), json);
        } else if (content instanceof Content.Permission permission) {
            json.write("kind", "permission")
                    .write("channel", permission.changed().channel())
                    .write("user", permission.changed().user());
        } else if (content instanceof Content.Presence presence) {
            json.write("kind", "presence");
            PresenceCodec.write(presence.report(), json);
        } else {
            json.write("kind", content instanceof Content.LeftOut ? "left-out" : "alive");
        }
    }

    private static void writeUsers(Set<String> users, JsonGenerator json) {
        if (!users.isEmpty()) {
            json.writeStartArray("skipUsers");
            users.forEach(json::write);
            json.writeEnd();
        }
    }

    /** {@return what a line says} */
    static TransportMessage decode(String line) throws UnreadableMessageException {
        try (JsonReader reader = JsonTexts.provider().createReader(new StringReader(line))) {
            JsonObject json = reader.readObject();
            long format = number(json, "format");
            if (format != FORMAT) {
                throw new UnreadableMessageException("of format " + format + ", not " + FORMAT, null);
            }
            return new TransportMessage(
                    UUID.fromString(json.getString("origin")),
                    UUID.fromString(json.getString("storage")),
                    number(json, "sequence"),
                    content(json));
        } catch (JsonException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException
                | ClassCastException
                | ArithmeticException
                | EventStreamException e) {
            // What JSON-P throws for what is missing or of another type, and our records for values that cannot be.
            throw new UnreadableMessageException("not a message of ours", e);
        }
    }

    private static Content content(JsonObject json) throws UnreadableMessageException {
        String kind = json.getString("kind");
        return switch (kind) {
            case "event" -> eventOrHint(json);
            case "hint" -> new Content.Hint(json.getString("channel"), number(json, "id"));
            case "live" ->
                new Content.Live(
                        json.getString("channel"), json.getString("type"), json.getString("data"), users(json));
            case "permission" ->
                new Content.Permission(new ChannelPermissionChanged(json.getString("user"), json.getString("channel")));
            case "presence" -> new Content.Presence(PresenceCodec.read(json));
            case "left-out" -> new Content.LeftOut();
            case "alive" -> new Content.Alive();
            default -> throw new UnreadableMessageException("of an unknown kind", null);
        };
    }

    /** An event that does not follow the number before it can only be placed by the storage. */
    private static Content eventOrHint(JsonObject json) {
        EventStreamMessage checked =
                EventStreamMessage.raw(json.getString("channel"), json.getString("type"), json.getString("data"));
        var event = new StoredEvent(
                checked.channel(),
                number(json, "id"),
                checked.type(),
                json.getString("data"),
                users(json),
                Instant.ofEpochMilli(number(json, "storedAt")));
        return number(json, "previous") == event.number() - 1
                ? new Content.Event(event)
                : new Content.Hint(event.channel(), event.number());
    }

    private static long number(JsonObject json, String name) {
        return json.getJsonNumber(name).longValueExact();
    }

    private static Set<String> users(JsonObject json) {
        return json.containsKey("skipUsers")
                ? json.getJsonArray("skipUsers").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
