package io.eventstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.eventstream.config.EventStreamConfig.Cors;
import io.eventstream.config.EventStreamConfig.Publish;
import io.eventstream.config.EventStreamConfig.Storage;
import io.eventstream.config.EventStreamConfig.Tail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamConfigTest {

    private static final String DURATION = "a duration such as PT20S, from PT0.01S to PT24H";
    private static final String LONG_DURATION = "a duration such as PT20S, from PT0.01S to PT87600H";
    private static final String POSITIVE_INT = "a whole number from 1 to 2147483647";
    private static final String POSITIVE_LONG = "a whole number from 1 to 9223372036854775807";
    private static final String ORIGINS =
            "* or origins as browsers write them, such as https://example.org, separated by commas";

    @Nested
    class WithNothingSet {

        @Test
        void hasTheDefaults() {
            assertThat(from())
                    .isEqualTo(new EventStreamConfig(
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(60),
                            10,
                            50_000,
                            1_048_576,
                            new Tail(1000, 1_048_576, 268_435_456),
                            false,
                            List.of(),
                            new Storage(
                                    StorageKind.NONE,
                                    "java:comp/env/eventstream/emf",
                                    false,
                                    Duration.ofHours(24),
                                    Map.of(),
                                    Duration.ofSeconds(2),
                                    100),
                            Optional.empty(),
                            TransportKind.LOCAL,
                            new JmsSettings("java:comp/DefaultJMSConnectionFactory", "", "eventstream", ""),
                            new PostgresqlSettings("", "eventstream", Duration.ofSeconds(10)),
                            new PresenceSettings(PresenceKind.OFF, 1000),
                            ErrorStyle.STREAM,
                            new Publish("", 16_777_216),
                            new Cors(List.of(), false, List.of()),
                            List.of(),
                            Presence.AUTO,
                            false));
        }

        @Test
        void takesAnEmptyValueForNone() {
            assertThat(from("eventstream.keep-alive", "", "eventstream.publish.token", ""))
                    .isEqualTo(from());
        }
    }

    @Nested
    class WithEverythingSet {

        @Test
        void hasWhatIsSet() {
            assertThat(from(
                            "eventstream.keep-alive",
                            "PT0.05S",
                            "eventstream.stall-limit",
                            " PT5M ",
                            "eventstream.channel-limit",
                            "20",
                            "eventstream.max-subscribers",
                            "7",
                            "eventstream.max-event-size",
                            " 100 ",
                            "eventstream.tail.events",
                            "5",
                            "eventstream.tail.bytes",
                            "4000000000",
                            "eventstream.tail.total-bytes",
                            "5000000000",
                            "eventstream.console",
                            "true",
                            "eventstream.open-channels",
                            "news-*, , weather,",
                            "eventstream.errors",
                            "status",
                            "eventstream.storage",
                            "jpa",
                            "eventstream.storage.emf",
                            "java:app/events",
                            "eventstream.storage.create-tables",
                            "true",
                            "eventstream.storage.retention",
                            "PT1H",
                            "eventstream.storage.retention.\"news-*\"",
                            "P7D",
                            "eventstream.storage.retention.a.b",
                            " PT1M ",
                            "eventstream.storage.poll",
                            "PT0.5S",
                            "eventstream.replay.page",
                            "50",
                            "eventstream.redis.url",
                            " redis://:pw@cache:6380/1 ",
                            "eventstream.redis.key-prefix",
                            "shop",
                            "eventstream.redis.timeout",
                            "PT1S",
                            "eventstream.transport",
                            "redis",
                            "eventstream.jms.connection-factory",
                            "java:/factory",
                            "eventstream.jms.broker-url",
                            "tcp://broker:61616",
                            "eventstream.jms.queue",
                            "java:/queue/events",
                            "eventstream.jms.topic",
                            " java:/topic/events ",
                            "eventstream.postgresql.url",
                            "jdbc:postgresql://db/shop?user=a&password=b",
                            "eventstream.postgresql.topic",
                            "shop-1.a_b",
                            "eventstream.postgresql.lock-limit",
                            "PT3S",
                            "eventstream.presence",
                            "users",
                            "eventstream.presence.max-users",
                            "20",
                            "eventstream.publish.token",
                            "s3cret-._~+/==",
                            "eventstream.publish.max-request-size",
                            "2048",
                            "eventstream.cors.allow-origins",
                            "https://a.example, http://b.example:8080",
                            "eventstream.cors.allow-credentials",
                            "true",
                            "eventstream.cors.allow-headers",
                            "Authorization, X-Tenant",
                            "eventstream.roles",
                            "admin, editor",
                            "eventstream.health",
                            "false",
                            "eventstream.development",
                            "true"))
                    .isEqualTo(new EventStreamConfig(
                            Duration.ofMillis(50),
                            Duration.ofMinutes(5),
                            20,
                            7,
                            100,
                            new Tail(5, 4_000_000_000L, 5_000_000_000L),
                            true,
                            List.of("news-*", "weather"),
                            new Storage(
                                    StorageKind.JPA,
                                    "java:app/events",
                                    true,
                                    Duration.ofHours(1),
                                    Map.of("news-*", Duration.ofDays(7), "a.b", Duration.ofMinutes(1)),
                                    Duration.ofMillis(500),
                                    50),
                            Optional.of(new RedisSettings("redis://:pw@cache:6380/1", "shop", Duration.ofSeconds(1))),
                            TransportKind.REDIS,
                            new JmsSettings(
                                    "java:/factory", "tcp://broker:61616", "java:/topic/events", "java:/queue/events"),
                            new PostgresqlSettings(
                                    "jdbc:postgresql://db/shop?user=a&password=b", "shop-1.a_b", Duration.ofSeconds(3)),
                            new PresenceSettings(PresenceKind.USERS, 20),
                            ErrorStyle.STATUS,
                            new Publish("s3cret-._~+/==", 2048),
                            new Cors(
                                    List.of("https://a.example", "http://b.example:8080"),
                                    true,
                                    List.of("Authorization", "X-Tenant")),
                            List.of("admin", "editor"),
                            Presence.NEVER,
                            true));
        }

        @Test
        void isACopy() {
            var origins = new ArrayList<>(List.of("*"));
            var cors = new Cors(origins, false, origins);
            origins.clear();

            assertThat(cors).isEqualTo(new Cors(List.of("*"), false, List.of("*")));
        }
    }

    @Nested
    class WithABadValue {

        @ParameterizedTest
        @MethodSource("io.eventstream.config.EventStreamConfigTest#badValues")
        void namesKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from(key, value))
                    .withMessage("EventStream cannot start with these settings: " + key + " = " + value + ": must be "
                            + allowed);
        }

        @ParameterizedTest
        @ValueSource(strings = {"two words", "é", "=", "a=b", " "})
        void doesNotShowTheToken(String token) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from("eventstream.publish.token", token))
                    .withMessage("EventStream cannot start with these settings: eventstream.publish.token ="
                            + " (not shown): must be letters, digits and - . _ ~ + / with = at the end");
        }

        @Test
        void namesAllOfThemAtOnce() {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from(
                            "eventstream.keep-alive",
                            "20",
                            "eventstream.console",
                            "yes",
                            "eventstream.storage",
                            "disk"))
                    .withMessage("EventStream cannot start with these settings: eventstream.keep-alive = 20: must be "
                            + DURATION
                            + "; eventstream.console = yes: must be true or false"
                            + "; eventstream.storage = disk: must be none or jpa or redis");
        }
    }

    @Nested
    class WithValuesThatContradict {

        @Test
        void refusesABoundOfTheNodeBelowThatOfOneChannel() {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from("eventstream.tail.bytes", "100", "eventstream.tail.total-bytes", "99"))
                    .withMessage("EventStream cannot start with these settings: eventstream.tail.total-bytes = 99"
                            + " contradicts eventstream.tail.bytes = 100:"
                            + " the node's bound must not be below that of one channel");
            assertThatNoException()
                    .isThrownBy(() -> from("eventstream.tail.bytes", "100", "eventstream.tail.total-bytes", "100"));
        }

        @Test
        void refusesCredentialsForAllOrigins() {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from(
                            "eventstream.cors.allow-origins",
                            "https://a.example, *",
                            "eventstream.cors.allow-credentials",
                            "true"))
                    .withMessage("EventStream cannot start with these settings: eventstream.cors.allow-credentials ="
                            + " true contradicts eventstream.cors.allow-origins = *:"
                            + " name the origins that may send cookies");
        }
    }

    @Nested
    class WithRedis {

        private static final String FORM = "redis://host:6379/0, with TLS rediss://, with a password"
                + " redis://user:password@host or redis://:password@host, percent-encoded";

        @ParameterizedTest
        @ValueSource(strings = {"eventstream.storage", "eventstream.transport"})
        void needsToKnowWhere(String key) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from(key, "redis"))
                    .withMessage("EventStream cannot start with these settings: " + key + " = redis needs"
                            + " eventstream.redis.url: must be " + FORM);
        }

        @Test
        void doesNotShowTheUrlThatItRefuses() {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(
                            () -> from("eventstream.storage", "redis", "eventstream.redis.url", "http://:secret@host"))
                    .withMessage("EventStream cannot start with these settings: eventstream.redis.url = (not shown):"
                            + " must be " + FORM);
        }

        @Test
        void doesNotShowTheUrlOfABrokerEither() {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from("eventstream.jms.broker-url", "secret"))
                    .withMessageContaining("eventstream.jms.broker-url = (not shown): must be a URL of Artemis");
            assertThat(from("eventstream.jms.broker-url", "tcp://host?password=secret"))
                    .asString()
                    .doesNotContain("secret");
        }

        @Test
        void showsItNowhereElse() {
            assertThat(from("eventstream.storage", "redis", "eventstream.redis.url", "redis://:secret@host"))
                    .asString()
                    .contains("host:6379")
                    .doesNotContain("secret");
        }
    }

    @Nested
    class WithPostgresql {

        private static final String FORM = "jdbc:postgresql://host/database?user=name&password=password";

        @Test
        void needsToKnowWhere() {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from("eventstream.transport", "postgresql"))
                    .withMessage(
                            "EventStream cannot start with these settings: eventstream.transport = postgresql needs"
                                    + " eventstream.postgresql.url: must be " + FORM);
        }

        @Test
        void doesNotShowTheUrl() {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from("eventstream.postgresql.url", "jdbc:h2:secret"))
                    .withMessage("EventStream cannot start with these settings: eventstream.postgresql.url ="
                            + " (not shown): must be " + FORM);
            assertThat(from("eventstream.postgresql.url", "jdbc:postgresql://db/a?password=secret"))
                    .asString()
                    .doesNotContain("secret");
        }
    }

    @Nested
    class WithASettingOfAPartThatIsNotThere {

        @ParameterizedTest
        @CsvSource({
            "eventstream.grip.url, GRIP",
            "eventstream.grip.key, GRIP",
            "EVENTSTREAM_GRIP_URL, GRIP",
        })
        void saysWhichPart(String key, String part) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> from(key, "x"))
                    .withMessage("EventStream cannot start with these settings: " + key
                            + ": this version does not have " + part + "; remove the setting");
        }
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                arguments("eventstream.keep-alive", "20", DURATION),
                arguments("eventstream.keep-alive", "PT0.009S", DURATION),
                arguments("eventstream.keep-alive", "PT24H0.001S", DURATION),
                arguments("eventstream.keep-alive", "-PT1S", DURATION),
                arguments("eventstream.keep-alive", "PT99999999999999999999S", DURATION),
                arguments("eventstream.stall-limit", "P2D", DURATION),
                arguments("eventstream.channel-limit", "0", POSITIVE_INT),
                arguments("eventstream.channel-limit", "2147483648", POSITIVE_INT),
                arguments("eventstream.max-subscribers", "-1", POSITIVE_INT),
                arguments("eventstream.max-subscribers", "1e3", POSITIVE_INT),
                arguments("eventstream.max-event-size", "1M", POSITIVE_INT),
                arguments("eventstream.tail.events", "0", POSITIVE_INT),
                arguments("eventstream.tail.bytes", "0", POSITIVE_LONG),
                arguments("eventstream.tail.total-bytes", "9223372036854775808", POSITIVE_LONG),
                arguments("eventstream.console", "TRUE", "true or false"),
                arguments("eventstream.errors", "events", "stream or status"),
                arguments("eventstream.storage", "disk", "none or jpa or redis"),
                arguments("eventstream.storage.retention", "PT0.001S", LONG_DURATION),
                arguments("eventstream.storage.retention.\"news-*\"", "1h", LONG_DURATION),
                arguments("eventstream.storage.poll", "PT0.049S", "a duration such as PT20S, from PT0.05S to PT24H"),
                arguments("eventstream.replay.page", "0", POSITIVE_INT),
                arguments("eventstream.redis.key-prefix", "{a}", "1 to 100 letters, digits and . _ : -"),
                arguments("eventstream.redis.timeout", "PT0S", "a duration such as PT20S, from PT0.01S to PT1H"),
                arguments("eventstream.transport", "kafka", "local or jms or redis or postgresql"),
                arguments("eventstream.postgresql.topic", "a\"b", "1 to 63 letters, digits and . _ -"),
                arguments("eventstream.postgresql.topic", "x".repeat(64), "1 to 63 letters, digits and . _ -"),
                arguments("eventstream.presence", "true", "off or count or users"),
                arguments(
                        "eventstream.postgresql.lock-limit", "PT0.9S", "a duration such as PT20S, from PT1S to PT24H"),
                arguments("eventstream.publish.max-request-size", "0", POSITIVE_INT),
                arguments("eventstream.cors.allow-origins", "example.org", ORIGINS),
                arguments("eventstream.cors.allow-origins", "https://a.example/", ORIGINS),
                arguments("eventstream.cors.allow-origins", "https://a.example?x", ORIGINS),
                arguments("eventstream.cors.allow-origins", "https://me@a.example", ORIGINS),
                arguments("eventstream.cors.allow-origins", "https://*.example", ORIGINS),
                arguments("eventstream.cors.allow-origins", "https://a.example b", ORIGINS),
                arguments("eventstream.cors.allow-origins", "null", ORIGINS),
                arguments("eventstream.cors.allow-credentials", "1", "true or false"),
                arguments("eventstream.cors.allow-headers", "X Y", "names of headers, separated by commas"),
                arguments("eventstream.cors.allow-headers", "X\r\nY", "names of headers, separated by commas"),
                arguments("eventstream.development", "on", "true or false"));
    }

    private static EventStreamConfig from(String... keysAndValues) {
        return EventStreamConfig.from(FakeConfig.of(keysAndValues));
    }
}
