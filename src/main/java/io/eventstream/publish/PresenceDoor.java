package io.eventstream.publish;

import io.eventstream.api.ChannelPresence;
import io.eventstream.api.InvalidChannelException;
import io.eventstream.presence.NodePresence;
import io.eventstream.sse.JsonTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Who listens, for those who may publish. Safe for use by many threads. */
@ApplicationScoped
class PresenceDoor {

    private final PublishAccess access;
    private final NodePresence presence;
    private final Answers answers;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    PresenceDoor() {
        this(null, null, null);
    }

    @Inject
    PresenceDoor(PublishAccess access, NodePresence presence, Answers answers) {
        this.access = access;
        this.presence = presence;
        this.answers = answers;
    }

    /** Of one channel. */
    public Answer presence(String channel, Sender sender) {
        return answers.of(sender, () -> {
            if (!access.hasToken(sender)) {
                access.require(channel, sender);
            }
            InvalidChannelException.requireValid(channel);
            if (!presence.isOn()) {
                throw PublishRefusedException.notFound(
                        "Who listens is not known here; set eventstream.presence to count or users");
            }
            return json(presence.of(channel));
        });
    }

    private static String json(ChannelPresence presence) {
        return JsonTexts.provider()
                .createObjectBuilder()
                .add("channel", presence.channel())
                .add("count", presence.count())
                .add("users", JsonTexts.provider().createArrayBuilder(presence.users()))
                .build()
                .toString();
    }
}
