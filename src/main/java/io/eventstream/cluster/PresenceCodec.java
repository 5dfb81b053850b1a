package io.eventstream.cluster;

import io.eventstream.api.ChannelPresence;
import io.eventstream.presence.PresenceReport;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.HashSet;
import java.util.List;

/** Who listens, as fields of a line. What is missing or cannot be is thrown as JSON-P and our records do. */
final class PresenceCodec {

    private PresenceCodec() {}

    static void write(PresenceReport report, JsonGenerator json) {
        json.write("version", report.version());
        if (report instanceof PresenceReport.Section section) {
            json.write("after", section.after()).write("until", section.until());
        }
        json.writeStartArray("channels");
        report.channels().forEach(channel -> write(channel, json));
        json.writeEnd();
    }

    private static void write(ChannelPresence presence, JsonGenerator json) {
        json.writeStartObject().write("channel", presence.channel()).write("count", presence.count());
        if (!presence.users().isEmpty()) {
            json.writeStartArray("users");
            presence.users().forEach(json::write);
            json.writeEnd();
        }
        json.writeEnd();
    }

    static PresenceReport read(JsonObject json) {
        long version = json.getJsonNumber("version").longValueExact();
        List<ChannelPresence> channels = json.getJsonArray("channels").stream()
                .map(channel -> channel(channel.asJsonObject()))
                .toList();
        return json.containsKey("after")
                ? new PresenceReport.Section(version, json.getString("after"), json.getString("until"), channels)
                : new PresenceReport.Changes(version, channels);
    }

    private static ChannelPresence channel(JsonObject json) {
        List<String> users = json.getOrDefault("users", JsonValue.EMPTY_JSON_ARRAY).asJsonArray().stream()
                .map(user -> ((JsonString) user).getString())
                .toList();
        return new ChannelPresence(
                json.getString("channel"), json.getJsonNumber("count").longValueExact(), new HashSet<>(users));
    }
}
