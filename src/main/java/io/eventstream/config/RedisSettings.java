package io.eventstream.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How Redis is reached. Immutable; safe for use by many threads.
 *
 * @param url as {@link #isUrl} has it
 * @param keyPrefix what the names of all our keys begin with, as {@link #isKeyPrefix} has it
 * @param timeout how long to wait for a connection, and for each answer
 */
public record RedisSettings(String url, String keyPrefix, Duration timeout) {

    /** What {@link #isUrl} asks for, as the end of a sentence that begins with "must be". */
    public static final String URL_FORM = "redis://host:6379/0, with TLS rediss://, with a password"
            + " redis://user:password@host or redis://:password@host, percent-encoded";

    /** What {@link #isKeyPrefix} asks for, in the same way. */
    public static final String KEY_PREFIX_FORM = "1 to 100 letters, digits and . _ : -";

    private static final int DEFAULT_PORT = 6379;
    private static final Pattern DATABASE = Pattern.compile("/?|/\\d{1,4}");
    private static final Pattern KEY_PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    /** Checks what it is made of. */
    public RedisSettings {
        if (!isUrl(url)) {
            // Without the value, which may hold a password.
            throw new IllegalArgumentException("The URL of Redis must be " + URL_FORM);
        }
        url = url.trim();
        checkedKeyPrefix(keyPrefix);
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The timeout must be a millisecond at least, was " + timeout);
        }
    }

    /** {@return whether a text is the URL of a Redis} */
    public static boolean isUrl(String text) {
        try {
            var url = new URI(text.trim());
            return ("redis".equals(url.getScheme()) || "rediss".equals(url.getScheme()))
                    && url.getHost() != null
                    && DATABASE.matcher(url.getPath()).matches()
                    && url.getQuery() == null
                    && url.getFragment() == null
                    && (url.getRawUserInfo() == null || url.getRawUserInfo().contains(":"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** {@return whether a text can be the beginning of our keys; braces are ours, for Redis Cluster} */
    public static boolean isKeyPrefix(String text) {
        return KEY_PREFIX.matcher(text).matches();
    }

    static String checkedKeyPrefix(String text) {
        if (!isKeyPrefix(text)) {
            throw new IllegalArgumentException("The prefix of keys must be " + KEY_PREFIX_FORM + ", was " + text);
        }
        return text;
    }

    /** {@return what is wrong with settings that want Redis and do not say where it is} */
    static List<String> missing(EventStreamConfig config) {
        return Stream.of(
                        config.storage().kind() == StorageKind.REDIS ? Settings.STORAGE.key() : "",
                        config.transport() == TransportKind.REDIS ? Settings.TRANSPORT.key() : "")
                .filter(key -> !key.isEmpty())
                .map(key -> key + " = redis needs " + Settings.REDIS_URL.key() + ": must be " + URL_FORM)
                .toList();
    }

    private URI uri() {
        return URI.create(url);
    }

    /** {@return the name or address of the server, without the brackets of IPv6} */
    public String host() {
        String host = uri().getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** {@return its port} */
    public int port() {
        return uri().getPort() < 0 ? DEFAULT_PORT : uri().getPort();
    }

    /** {@return whether with TLS} */
    public boolean tls() {
        return "rediss".equals(uri().getScheme());
    }

    /** {@return the number of the database} */
    public int database() {
        String path = uri().getPath();
        return path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }

    /** {@return the user, empty for the default one} */
    public String user() {
        return userInfo()[0];
    }

    /** {@return the password, empty for none} */
    public String password() {
        return userInfo()[1];
    }

    private String[] userInfo() {
        String raw = uri().getRawUserInfo();
        if (raw == null) {
            return new String[] {"", ""};
        }
        int colon = raw.indexOf(':');
        return new String[] {decoded(raw.substring(0, colon)), decoded(raw.substring(colon + 1))};
    }

    private static String decoded(String raw) {
        // As the path of a URI, where + is itself.
        return raw.isEmpty() ? "" : URI.create("/" + raw).getPath().substring(1);
    }

    /** {@return the settings but for user and password, so that no log holds them} */
    @Override
    public String toString() {
        return uri().getScheme() + "://" + uri().getHost() + ":" + port() + "/" + database() + " with keys " + keyPrefix
                + ", timeout " + timeout;
    }
}
