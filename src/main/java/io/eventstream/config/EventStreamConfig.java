package io.eventstream.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * The settings, as docs/configuration.md explains them. Immutable; safe for use by many threads.
 *
 * @param keepAlive silence after which a keep-alive is sent
 * @param stallLimit how long nothing could be written until a subscriber is ended
 * @param channelLimit channels on one connection
 * @param maxSubscribers subscribers on this node
 * @param maxEventSize bytes of encoded data
 * @param tail what is kept in memory
 * @param console whether there is a console page
 * @param openChannels patterns of channels that everybody may read on the open routes
 * @param storage where events are stored
 * @param redis how Redis is reached; empty without its URL
 * @param transport how events reach the other nodes
 * @param jms the topic of Jakarta Messaging
 * @param errors how a refused stream is told so
 * @param publish publishing over HTTP
 * @param cors pages of other origins
 * @param roles roles that a user can be asked for
 * @param health whether there are checks for MicroProfile Health
 * @param development whether this is for trying out on one's own machine
 */
public record EventStreamConfig(
        Duration keepAlive,
        Duration stallLimit,
        int channelLimit,
        int maxSubscribers,
        int maxEventSize,
        Tail tail,
        boolean console,
        List<String> openChannels,
        Storage storage,
        Optional<RedisSettings> redis,
        TransportKind transport,
        JmsSettings jms,
        ErrorStyle errors,
        Publish publish,
        Cors cors,
        List<String> roles,
        Presence health,
        boolean development) {

    /**
     * Bounds of what is kept in memory.
     *
     * @param events per channel
     * @param bytes per channel
     * @param totalBytes on this node
     */
    public record Tail(int events, long bytes, long totalBytes) {}

    /**
     * Where events of reliable channels are stored.
     *
     * @param kind by what
     * @param emf JNDI name of the EntityManagerFactory, for JPA
     * @param createTables whether the start makes tables that are missing, for JPA
     * @param retention how long events are kept
     * @param retentions the same for channels of which a pattern matches, by pattern; the longest counts
     * @param poll how often the newest events of channels are compared with the storage
     * @param page events read at once
     */
    public record Storage(
            StorageKind kind,
            String emf,
            boolean createTables,
            Duration retention,
            Map<String, Duration> retentions,
            Duration poll,
            int page) {

        /** Copies the map. */
        public Storage {
            retentions = Map.copyOf(retentions);
        }
    }

    /**
     * Publishing over HTTP.
     *
     * @param token who sends it may publish to every channel; empty for no such token
     * @param maxRequestSize bytes of one request
     */
    public record Publish(String token, int maxRequestSize) {

        /** {@return the settings but for the token, so that no log holds it} */
        @Override
        public String toString() {
            return "Publish[token=" + (token.isEmpty() ? "" : "…") + ", maxRequestSize=" + maxRequestSize + "]";
        }
    }

    /**
     * Pages of other origins.
     *
     * @param allowOrigins origins, or {@code *}
     * @param allowCredentials whether they may send cookies
     * @param allowHeaders request headers that they may send
     */
    public record Cors(List<String> allowOrigins, boolean allowCredentials, List<String> allowHeaders) {

        /** Copies the lists. */
        public Cors {
            allowOrigins = List.copyOf(allowOrigins);
            allowHeaders = List.copyOf(allowHeaders);
        }
    }

    /** Copies the lists. */
    public EventStreamConfig {
        openChannels = List.copyOf(openChannels);
        roles = List.copyOf(roles);
    }

    /**
     * Reads the settings.
     *
     * @param source where they stand
     * @return all of them
     * @throws InvalidSettingException if one cannot be read, is out of range, contradicts another, or asks for a part
     *     that this version does not have
     */
    public static EventStreamConfig from(Config source) {
        var reader = new Reader(source);
        var config = reader.config();
        if (reader.problems.isEmpty() && config.redis.isEmpty()) {
            reader.problems.addAll(RedisSettings.missing(config));
        }
        if (!reader.problems.isEmpty()) {
            throw new InvalidSettingException(reader.problems);
        }
        return config;
    }

    /** Reads on after a bad value, so that one start shows all of them. */
    private static final class Reader {

        private final Config source;
        private final List<String> problems = new ArrayList<>();

        Reader(Config source) {
            this.source = source;
        }

        EventStreamConfig config() {
            partsNotThere();
            return new EventStreamConfig(
                    read(Settings.KEEP_ALIVE),
                    read(Settings.STALL_LIMIT),
                    read(Settings.CHANNEL_LIMIT),
                    read(Settings.MAX_SUBSCRIBERS),
                    read(Settings.MAX_EVENT_SIZE),
                    tail(),
                    read(Settings.CONSOLE),
                    read(Settings.OPEN_CHANNELS),
                    storage(),
                    redis(),
                    read(Settings.TRANSPORT),
                    new JmsSettings(
                            read(Settings.JMS_CONNECTION_FACTORY),
                            read(Settings.JMS_BROKER_URL),
                            read(Settings.JMS_TOPIC)),
                    read(Settings.ERRORS),
                    new Publish(read(Settings.PUBLISH_TOKEN), read(Settings.PUBLISH_MAX_REQUEST_SIZE)),
                    cors(),
                    read(Settings.ROLES),
                    read(Settings.HEALTH),
                    read(Settings.DEVELOPMENT));
        }

        private Tail tail() {
            var tail = new Tail(read(Settings.TAIL_EVENTS), read(Settings.TAIL_BYTES), read(Settings.TAIL_TOTAL_BYTES));
            if (tail.totalBytes < tail.bytes) {
                problems.add(Settings.TAIL_TOTAL_BYTES.key() + " = " + tail.totalBytes
                        + " contradicts " + Settings.TAIL_BYTES.key() + " = " + tail.bytes
                        + ": the node's bound must not be below that of one channel");
            }
            return tail;
        }

        private Storage storage() {
            return new Storage(
                    read(Settings.STORAGE),
                    read(Settings.STORAGE_EMF),
                    read(Settings.STORAGE_CREATE_TABLES),
                    read(Settings.STORAGE_RETENTION),
                    retentions(),
                    read(Settings.STORAGE_POLL),
                    read(Settings.REPLAY_PAGE));
        }

        private Optional<RedisSettings> redis() {
            String prefix = read(Settings.REDIS_KEY_PREFIX);
            Duration timeout = read(Settings.REDIS_TIMEOUT);
            String url = read(Settings.REDIS_URL);
            return Optional.of(url)
                    .filter(text -> !text.isEmpty())
                    .map(text -> new RedisSettings(text, prefix, timeout));
        }

        private Map<String, Duration> retentions() {
            Map<String, Duration> retentions = new TreeMap<>();
            for (String name : source.getPropertyNames()) {
                Settings.retentionPattern(name)
                        .ifPresent(pattern -> retentions.put(pattern, read(Settings.STORAGE_RETENTION.withKey(name))));
            }
            return retentions;
        }

        private Cors cors() {
            var cors = new Cors(
                    read(Settings.CORS_ALLOW_ORIGINS),
                    read(Settings.CORS_ALLOW_CREDENTIALS),
                    read(Settings.CORS_ALLOW_HEADERS));
            if (cors.allowCredentials && cors.allowOrigins.contains("*")) {
                problems.add(Settings.CORS_ALLOW_CREDENTIALS.key() + " = true contradicts "
                        + Settings.CORS_ALLOW_ORIGINS.key() + " = *: name the origins that may send cookies");
            }
            return cors;
        }

        private <T> T read(Setting<T> setting) {
            Optional<String> text = source.getOptionalValue(setting.key(), String.class);
            if (text.isPresent()) {
                try {
                    return setting.parse().apply(text.get());
                } catch (IllegalArgumentException | ArithmeticException e) {
                    String shown = Settings.SECRET.contains(setting.key()) ? "(not shown)" : text.get();
                    problems.add(setting.key() + " = " + shown + ": must be " + setting.allowed());
                }
            }
            return setting.defaultValue();
        }

        private void partsNotThere() {
            for (String name : source.getPropertyNames()) {
                Settings.missingPart(name)
                        .ifPresent(part ->
                                problems.add(name + ": this version does not have " + part + "; remove the setting"));
            }
        }
    }
}
