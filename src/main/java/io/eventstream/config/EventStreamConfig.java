package io.eventstream.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param jms topic and queue of Jakarta Messaging
 * @param postgresql LISTEN and NOTIFY of PostgreSQL
 * @param presence what is known of who listens
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
        PostgresqlSettings postgresql,
        PresenceSettings presence,
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
        return new ConfigReader(source).config();
    }
}
