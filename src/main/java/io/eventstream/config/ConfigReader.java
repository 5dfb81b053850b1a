package io.eventstream.config;

import io.eventstream.config.EventStreamConfig.Cors;
import io.eventstream.config.EventStreamConfig.Publish;
import io.eventstream.config.EventStreamConfig.Storage;
import io.eventstream.config.EventStreamConfig.Tail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/** Reads the settings, and reads on after a bad value, so that one start shows all of them. One thread at a time. */
final class ConfigReader {

    private final Config source;
    private final List<String> problems = new ArrayList<>();

    ConfigReader(Config source) {
        this.source = source;
    }

    /** {@return all of them; throws {@link InvalidSettingException} where one cannot be} */
    EventStreamConfig config() {
        EventStreamConfig config = read();
        if (problems.isEmpty() && config.redis().isEmpty()) {
            problems.addAll(RedisSettings.missing(config));
        }
        if (problems.isEmpty()
                && config.transport() == TransportKind.POSTGRESQL
                && config.postgresql().url().isEmpty()) {
            problems.add(Settings.TRANSPORT.key() + " = postgresql needs " + PostgresqlSettings.URL.key() + ": must be "
                    + PostgresqlSettings.URL.allowed());
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingException(problems);
        }
        return config;
    }

    private EventStreamConfig read() {
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
                        read(JmsSettings.CONNECTION_FACTORY),
                        read(JmsSettings.BROKER_URL),
                        read(JmsSettings.TOPIC),
                        read(JmsSettings.QUEUE)),
                new PostgresqlSettings(
                        read(PostgresqlSettings.URL),
                        read(PostgresqlSettings.TOPIC),
                        read(PostgresqlSettings.LOCK_LIMIT)),
                new PresenceSettings(read(PresenceSettings.KIND), read(PresenceSettings.MAX_USERS)),
                read(Settings.ERRORS),
                new Publish(read(Settings.PUBLISH_TOKEN), read(Settings.PUBLISH_MAX_REQUEST_SIZE)),
                cors(),
                read(Settings.ROLES),
                read(Settings.HEALTH),
                read(Settings.DEVELOPMENT));
    }

    private Tail tail() {
        var tail = new Tail(read(Settings.TAIL_EVENTS), read(Settings.TAIL_BYTES), read(Settings.TAIL_TOTAL_BYTES));
        if (tail.totalBytes() < tail.bytes()) {
            problems.add(Settings.TAIL_TOTAL_BYTES.key() + " = " + tail.totalBytes()
                    + " contradicts " + Settings.TAIL_BYTES.key() + " = " + tail.bytes()
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
        return Optional.of(url).filter(text -> !text.isEmpty()).map(text -> new RedisSettings(text, prefix, timeout));
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
        if (cors.allowCredentials() && cors.allowOrigins().contains("*")) {
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
