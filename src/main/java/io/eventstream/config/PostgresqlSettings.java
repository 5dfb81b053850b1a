package io.eventstream.config;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How nodes meet at a PostgreSQL by LISTEN and NOTIFY. Immutable; safe for use by many threads.
 *
 * @param url for its JDBC driver; empty where this is not wanted
 * @param topic what is listened to; other applications in the same database need another
 */
public record PostgresqlSettings(String url, String topic) {

    /** A name of PostgreSQL is as long at most. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,63}");

    private static final String NAME_FORM = "1 to 63 letters, digits and . _ -";

    static final Setting<String> URL = Setting.text(
            "eventstream.postgresql.url",
            "jdbc:postgresql://host/database?user=name&password=password",
            "the database at which nodes meet by LISTEN and NOTIFY",
            text -> text.startsWith("jdbc:postgresql:"));
    static final Setting<String> TOPIC = new Setting<>(
            "eventstream.postgresql.topic",
            "eventstream",
            NAME_FORM,
            "what they listen to there; another one for each application in the same database",
            PostgresqlSettings::checkedTopic);

    /** Checks what it is made of. */
    public PostgresqlSettings {
        Objects.requireNonNull(url, "url");
        checkedTopic(topic);
    }

    private static String checkedTopic(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("The topic must be " + NAME_FORM + ", was " + text);
        }
        return text;
    }

    /** {@return the settings but for the URL, which may hold a password} */
    @Override
    public String toString() {
        return "PostgresqlSettings[url=" + (url.isEmpty() ? "" : "…") + ", topic=" + topic + "]";
    }
}
