package io.eventstream.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Every key there is, in the order of the documentation. */
final class Settings {

    static final String PREFIX = "eventstream.";

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");
    private static final Pattern DEFAULT_PORT = Pattern.compile("^(http://.*:80|https://.*:443)$");
    private static final Pattern HEADER_TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern BEARER_TOKEN = Pattern.compile("[-._~+/0-9A-Za-z]+=*");

    static final Setting<Duration> KEEP_ALIVE = Setting.duration(
            "eventstream.keep-alive", "PT20S", SHORTEST, LONGEST, "silence after which a keep-alive is sent");
    static final Setting<Duration> STALL_LIMIT = Setting.duration(
            "eventstream.stall-limit",
            "PT60S",
            SHORTEST,
            LONGEST,
            "a subscriber to which nothing could be written for so long is ended");
    static final Setting<Integer> CHANNEL_LIMIT =
            Setting.integer("eventstream.channel-limit", 10, 1, "channels on one connection");
    static final Setting<Integer> MAX_SUBSCRIBERS = Setting.integer(
            "eventstream.max-subscribers", 50_000, 1, "subscribers on this node; above: 503 with Retry-After");
    static final Setting<Integer> MAX_EVENT_SIZE = Setting.integer(
            "eventstream.max-event-size", 1 << 20, 1, "bytes of encoded data; larger messages are refused at send");
    static final Setting<Integer> TAIL_EVENTS = Setting.integer(
            "eventstream.tail.events", 1000, 1, "newest events kept in memory for the slower subscribers of a channel");
    static final Setting<Long> TAIL_BYTES =
            Setting.bytes("eventstream.tail.bytes", 1 << 20, 1, "the same in bytes; the newest event is always kept");
    static final Setting<Long> TAIL_TOTAL_BYTES =
            Setting.bytes("eventstream.tail.total-bytes", 256 << 20, 1, "the same for all channels of this node");
    static final Setting<Boolean> CONSOLE =
            Setting.bool("eventstream.console", "the console page, where HTML is preferred (the hub: `true`)");
    static final Setting<List<String>> OPEN_CHANNELS = Setting.list(
            "eventstream.open-channels",
            "channel names with * for any characters, separated by commas",
            "channels that everybody may read on the open routes (the hub: `*`)",
            pattern -> true);
    static final Setting<ErrorStyle> ERRORS = Setting.choice(
            "eventstream.errors",
            "stream",
            List.of("stream", "status"),
            "`stream`: a refused stream is 200 with a stream-error event; `status`: 400, 401 or 403",
            text -> text.equals("status") ? ErrorStyle.STATUS : ErrorStyle.STREAM);
    static final Setting<StorageKind> STORAGE = Setting.choice(
            "eventstream.storage",
            "none",
            List.of("none", "jpa", "redis"),
            "where the events of reliable channels are stored: `jpa`, in the application's own persistence unit;"
                    + " `redis`, in Redis",
            text -> StorageKind.valueOf(text.toUpperCase(Locale.ROOT)));
    static final Setting<String> STORAGE_EMF = new Setting<>(
            "eventstream.storage.emf",
            "java:comp/env/eventstream/emf",
            "a JNDI name",
            "JNDI name of the EntityManagerFactory whose unit lists our entities",
            String::trim);
    static final Setting<Boolean> STORAGE_CREATE_TABLES = Setting.bool(
            "eventstream.storage.create-tables",
            "whether the start makes the tables where they are missing, for `jpa` (the hub: `true`)");
    static final Setting<Duration> STORAGE_RETENTION = Setting.duration(
            "eventstream.storage.retention",
            "PT24H",
            SHORTEST,
            Duration.ofDays(3650),
            "how long events are kept; for channels of a pattern: below");
    static final Setting<Duration> STORAGE_POLL = Setting.duration(
            "eventstream.storage.poll",
            "PT2S",
            Duration.ofMillis(50),
            LONGEST,
            "how often the newest events of channels are compared with the storage");
    static final Setting<Integer> REPLAY_PAGE =
            Setting.integer("eventstream.replay.page", 100, 1, "events read from the storage at once");
    static final Setting<String> REDIS_URL =
            Setting.text("eventstream.redis.url", RedisSettings.URL_FORM, "where Redis is", RedisSettings::isUrl);
    static final Setting<String> REDIS_KEY_PREFIX = new Setting<>(
            "eventstream.redis.key-prefix",
            "eventstream",
            RedisSettings.KEY_PREFIX_FORM,
            "what the names of all keys begin with; another one for each application that shares a Redis",
            RedisSettings::checkedKeyPrefix);
    static final Setting<Duration> REDIS_TIMEOUT = Setting.duration(
            "eventstream.redis.timeout",
            "PT2S",
            SHORTEST,
            Duration.ofHours(1),
            "how long to wait for a connection to Redis, and for each answer");
    static final Setting<TransportKind> TRANSPORT = Setting.choice(
            "eventstream.transport",
            "local",
            List.of("local", "jms", "redis", "postgresql"),
            "how events reach other nodes at once: `jms`, by a topic of Jakarta Messaging; `redis`, by publish and subscribe of Redis; `postgresql`, by LISTEN and NOTIFY; with `local` they find them"
                    + " in the storage, with each poll",
            text -> TransportKind.valueOf(text.toUpperCase(Locale.ROOT)));
    static final Setting<String> PUBLISH_TOKEN = Setting.text(
            "eventstream.publish.token",
            "letters, digits and - . _ ~ + / with = at the end",
            "bearer token that may publish over HTTP to every channel; without it only `canPublish` decides",
            text -> BEARER_TOKEN.matcher(text).matches());
    static final Setting<Integer> PUBLISH_MAX_REQUEST_SIZE = Setting.integer(
            "eventstream.publish.max-request-size",
            16 << 20,
            1,
            "bytes of one request to publish, which may hold many messages; above: 413");
    static final Setting<List<String>> CORS_ALLOW_ORIGINS = Setting.list(
            "eventstream.cors.allow-origins",
            "* or origins as browsers write them, such as https://example.org, separated by commas",
            "origins of pages that may read streams and publish",
            Settings::isOrigin);
    static final Setting<Boolean> CORS_ALLOW_CREDENTIALS = Setting.bool(
            "eventstream.cors.allow-credentials", "whether such pages may send cookies (not together with `*`)");
    static final Setting<List<String>> CORS_ALLOW_HEADERS = Setting.list(
            "eventstream.cors.allow-headers",
            "names of headers, separated by commas",
            "request headers that such pages may send",
            name -> HEADER_TOKEN.matcher(name).matches());
    static final Setting<List<String>> ROLES = Setting.list(
            "eventstream.roles",
            "names of roles, separated by commas",
            "roles that a `ChannelManager` can ask a user for",
            role -> true);
    static final Setting<Presence> HEALTH = Setting.choice(
            "eventstream.health",
            "auto",
            List.of("auto", "true", "false"),
            "checks for MicroProfile Health; `auto`: where the server has it",
            Presence::of);
    static final Setting<Boolean> DEVELOPMENT = Setting.bool(
            "eventstream.development",
            "for trying out on one's own machine, as `mvn -Prun` does: answers only requests to localhost, makes a "
                    + "publish token where none is set and gives it to the console page, and sends the time on the "
                    + "channel `time`");

    static final List<Setting<?>> ALL = List.of(
            KEEP_ALIVE,
            STALL_LIMIT,
            CHANNEL_LIMIT,
            MAX_SUBSCRIBERS,
            MAX_EVENT_SIZE,
            TAIL_EVENTS,
            TAIL_BYTES,
            TAIL_TOTAL_BYTES,
            CONSOLE,
            OPEN_CHANNELS,
            ERRORS,
            STORAGE,
            STORAGE_EMF,
            STORAGE_CREATE_TABLES,
            STORAGE_RETENTION,
            STORAGE_POLL,
            REPLAY_PAGE,
            REDIS_URL,
            REDIS_KEY_PREFIX,
            REDIS_TIMEOUT,
            TRANSPORT,
            JmsSettings.CONNECTION_FACTORY,
            JmsSettings.BROKER_URL,
            JmsSettings.TOPIC,
            JmsSettings.QUEUE,
            PostgresqlSettings.URL,
            PostgresqlSettings.TOPIC,
            PostgresqlSettings.LOCK_LIMIT,
            PresenceSettings.KIND,
            PresenceSettings.MAX_USERS,
            PUBLISH_TOKEN,
            PUBLISH_MAX_REQUEST_SIZE,
            CORS_ALLOW_ORIGINS,
            CORS_ALLOW_CREDENTIALS,
            CORS_ALLOW_HEADERS,
            ROLES,
            HEALTH,
            DEVELOPMENT);

    /** Keys whose values no message shows. */
    static final Set<String> SECRET =
            Set.of(PUBLISH_TOKEN.key(), REDIS_URL.key(), JmsSettings.BROKER_URL.key(), PostgresqlSettings.URL.key());

    /** Beginnings of keys whose part does not exist in this version, and what that part is. */
    static final Map<String, String> NOT_YET = Map.of("eventstream.grip.", "GRIP");

    private Settings() {}

    /** {@return the pattern of channels in a key such as {@code eventstream.storage.retention."news-*"}} */
    static Optional<String> retentionPattern(String name) {
        String prefix = STORAGE_RETENTION.key() + ".";
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        String pattern = name.substring(prefix.length());
        boolean quoted = pattern.length() > 2 && pattern.startsWith("\"") && pattern.endsWith("\"");
        return Optional.of(quoted ? pattern.substring(1, pattern.length() - 1) : pattern)
                .filter(text -> !text.isEmpty());
    }

    /** {@return the part that a key asks for and this version does not have, if so} */
    static Optional<String> missingPart(String name) {
        return NOT_YET.entrySet().stream()
                .filter(part -> name.startsWith(part.getKey()) || name.startsWith(environmentName(part.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** As MicroProfile Config, "Environment variables mapping rules", has it. */
    static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** As a browser writes it (RFC 6454, 6.2): another way to write the same origin would never match. */
    private static boolean isOrigin(String text) {
        return text.equals("*")
                || (ORIGIN.matcher(text).matches()
                        && !DEFAULT_PORT.matcher(text).find());
    }
}
