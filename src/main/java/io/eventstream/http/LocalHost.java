package io.eventstream.http;

import io.eventstream.config.EventStreamConfig;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In development the console page holds a token, so only requests that name this machine are answered: another name
 * means that a page of elsewhere had its name resolve to here.
 */
public final class LocalHost {

    /** What a request is told that names another host. */
    public static final String REFUSAL =
            "With eventstream.development = true only localhost, 127.0.0.1 and [::1] are answered";

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private LocalHost() {}

    /**
     * Whether a request may be answered.
     *
     * @param config whether this is development
     * @param host the request's header {@code Host}
     * @return whether it names this machine, or need not
     */
    public static boolean admits(EventStreamConfig config, @Nullable String host) {
        return !config.development()
                || (host != null
                        && NAMES.contains(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT)));
    }
}
