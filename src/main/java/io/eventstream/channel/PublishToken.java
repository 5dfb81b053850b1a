package io.eventstream.channel;

import io.eventstream.config.EventStreamConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The bearer token that may publish over HTTP to every channel: the setting {@code eventstream.publish.token}, or in
 * development one that is made at start. Safe for use by many threads.
 */
@ApplicationScoped
public class PublishToken {

    private static final int RANDOM_BYTES = 24;
    private static final String SCHEME = "Bearer ";

    private final String token;
    private final boolean development;

    /** For the CDI client proxy only. */
    PublishToken() {
        this.token = "";
        this.development = false;
    }

    @Inject
    PublishToken(EventStreamConfig config) {
        this.development = config.development();
        String set = config.publish().token();
        this.token = set.isEmpty() && development ? random() : set;
    }

    /**
     * Whether a request has the token.
     *
     * @param authorization its header {@code Authorization}; empty for none
     * @return whether it is a bearer token equal to ours, if there is one
     */
    public boolean isIn(String authorization) {
        if (token.isEmpty() || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        // In constant time, so that the time it takes says nothing about the token.
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8),
                authorization.substring(SCHEME.length()).trim().getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the token for the console page: in development ours, else empty, so that the page asks for it} */
    public String forConsole() {
        return development ? token : "";
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
