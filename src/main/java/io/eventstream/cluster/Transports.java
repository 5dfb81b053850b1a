package io.eventstream.cluster;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.config.JmsSettings;
import io.eventstream.config.PostgresqlSettings;
import io.eventstream.config.RedisSettings;
import io.eventstream.config.TransportKind;
import io.eventstream.redis.RedisClient;
import io.eventstream.spi.EventTransport;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The transport that the application brings, or that the settings ask for. */
final class Transports {

    private Transports() {}

    /**
     * Chooses; nothing is connected yet.
     *
     * @return empty where nodes meet in the storage alone
     * @throws DeploymentException if what is asked for cannot be
     */
    static Optional<EventTransport> choose(EventStreamConfig config, Instance<EventTransport> own) {
        if (!own.isUnsatisfied()) {
            if (config.transport() != TransportKind.LOCAL) {
                throw refusal(
                        config.transport(),
                        "the application has an EventTransport of its own; remove the setting, or the bean",
                        null);
            }
            return Optional.of(own.get());
        }
        return switch (config.transport()) {
            case LOCAL -> Optional.empty();
            case JMS -> Optional.of(jms(config.jms()));
            case REDIS -> config.redis().map(Transports::redis);
            case POSTGRESQL -> Optional.of(postgresql(config.postgresql()));
        };
    }

    private static EventTransport jms(JmsSettings settings) {
        try {
            requireMessaging();
            return JmsFactories.transport(settings);
        } catch (IllegalStateException e) {
            throw refusal(TransportKind.JMS, String.valueOf(e.getMessage()), e);
        }
    }

    /** Before a class of ours that cannot be linked without it. */
    static void requireMessaging() {
        try {
            Class.forName("jakarta.jms.ConnectionFactory", false, Transports.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "the server does not have Jakarta Messaging; add it to the server (WildFly: standalone-full.xml; Open"
                            + " Liberty: a feature such as messaging-3.1), or a client to the application that brings it",
                    e);
        }
    }

    private static EventTransport redis(RedisSettings settings) {
        try {
            RedisClient.require("The transport by Redis");
        } catch (IllegalStateException e) {
            throw refusal(TransportKind.REDIS, String.valueOf(e.getMessage()), e);
        }
        return new RedisTransport(settings);
    }

    private static EventTransport postgresql(PostgresqlSettings settings) {
        try {
            // Before a class of ours that cannot be linked without it.
            Class.forName("org.postgresql.PGConnection", false, Transports.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw refusal(
                    TransportKind.POSTGRESQL,
                    "it needs PostgreSQL's JDBC driver, which the application does not see:"
                            + " add the dependency org.postgresql:postgresql, so that it is in WEB-INF/lib",
                    e);
        }
        return new PostgresqlTransport(settings);
    }

    private static DeploymentException refusal(TransportKind kind, String reason, @Nullable Exception cause) {
        return new DeploymentException(
                "EventStream cannot start with eventstream.transport = "
                        + kind.name().toLowerCase(Locale.ROOT) + ": " + reason,
                cause);
    }
}
