package io.eventstream.publish;

import io.eventstream.channel.ChannelAccess;
import io.eventstream.channel.PublishToken;
import io.eventstream.http.CorsHeaders;
import io.eventstream.spi.EventStreamUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Who may publish over HTTP: whoever has the token, and whom the application's manager lets. */
@ApplicationScoped
class PublishAccess {

    private final PublishToken token;
    private final ChannelAccess access;
    private final CorsHeaders cors;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    PublishAccess() {
        this(null, null, null);
    }

    @Inject
    PublishAccess(PublishToken token, ChannelAccess access, CorsHeaders cors) {
        this.token = token;
        this.access = access;
        this.cors = cors;
    }

    /** {@return whether the request has the token, so may publish to every channel} */
    public boolean hasToken(Sender sender) {
        String authorization = sender.authorization();
        return authorization != null && token.isIn(authorization);
    }

    /** Refuses who may not publish to a channel. */
    public void require(String channel, Sender sender) {
        EventStreamUser user = sender.user().get();
        if (!access.canPublish(user, channel)) {
            if (user.anonymous()) {
                throw PublishRefusedException.unauthorized("Sign in, or send the header Authorization: Bearer with the"
                        + " token of eventstream.publish.token, to publish to the channel " + channel);
            }
            throw PublishRefusedException.forbidden("The user " + user.name() + " may not publish to the channel "
                    + channel + ": ChannelManager.canPublish decides");
        }
        String origin = sender.origin();
        // The browser sends a user's cookies for whatever page asks it to, so the page has to be a known one.
        if (origin != null && !isOwn(origin, sender.host()) && !cors.trusts(origin)) {
            throw PublishRefusedException.forbidden("Pages of " + origin + " may not publish in a user's name; name the"
                    + " origin in eventstream.cors.allow-origins, with eventstream.cors.allow-credentials = true");
        }
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
