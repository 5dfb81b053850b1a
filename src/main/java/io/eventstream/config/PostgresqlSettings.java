package io.eventstream.config;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What only PostgreSQL can. Immutable; safe for use by many threads.
 *
 * @param url at which nodes meet by LISTEN and NOTIFY, for its JDBC driver; empty where this is not wanted
 * @param topic what they listen to there; other applications in the same database need another
 * @param lockLimit how long a transaction that gives numbers may be idle
 */
public record PostgresqlSettings(String url, String topic, Duration lockLimit) {

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
    static final Setting<Duration> LOCK_LIMIT = Setting.duration(
            "eventstream.postgresql.lock-limit",
            "PT10S",
            Duration.ofSeconds(1),
            Duration.ofHours(24),
            "how long a node that hangs may hold up the senders of others, with storage in PostgreSQL");

    /** Checks what it is made of. */
    public PostgresqlSettings {
        Objects.requireNonNull(url, "url");
        checkedTopic(topic);
        Objects.requireNonNull(lockLimit, "lockLimit");
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
        return "PostgresqlSettings[url=" + (url.isEmpty() ? "" : "…") + ", topic=" + topic + ", lockLimit=" + lockLimit
                + "]";
    }
}
