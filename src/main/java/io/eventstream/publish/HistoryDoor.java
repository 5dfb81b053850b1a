package io.eventstream.publish;

import io.eventstream.api.InvalidChannelException;
import io.eventstream.channel.ChannelAccess;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.sse.JsonTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;

/** Stored events for those who may publish. Safe for use by many threads. */
@ApplicationScoped
class HistoryDoor {

    private static final Logger LOG = System.getLogger(HistoryDoor.class.getName());

    private final PublishAccess access;
    private final ChannelAccess channels;
    private final Optional<EventStorage> storage;
    private final Answers answers;
    private final int page;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    HistoryDoor() {
        this.access = null;
        this.channels = null;
        this.storage = Optional.empty();
        this.answers = null;
        this.page = 0;
    }

    @Inject
    HistoryDoor(
            PublishAccess access,
            ChannelAccess channels,
            Optional<EventStorage> storage,
            Answers answers,
            EventStreamConfig config) {
        this.access = access;
        this.channels = channels;
        this.storage = storage;
        this.answers = answers;
        this.page = config.storage().page();
    }

    /** A page of a channel. */
    public Answer history(String channel, String after, String limit, Sender sender) {
        return answers.of(sender, () -> {
            if (!access.hasToken(sender)) {
                access.require(channel, sender);
            }
            InvalidChannelException.requireValid(channel);
            return json(channel, after, limit);
        });
    }

    private String json(String channel, String after, String limit) {
        EventStorage stored = storage.filter(there -> channels.isReliable(channel))
                .orElseThrow(() -> PublishRefusedException.notFound(
                        "The channel " + channel + " is not reliable, so nothing of it is stored"));
        int most = limit.isEmpty() ? page : (int) number("limit", limit, 1, page);
        ChannelHead head = stored.heads(Set.of(channel)).get(channel);
        if (head == null) {
            throw new IllegalStateException("The storage has not told the head of " + channel);
        }
        long position = after.isEmpty()
                ? Math.max(head.oldest() - 1, head.newest() - most)
                : number("after", after, 0, Long.MAX_VALUE);
        JsonArrayBuilder events = JsonTexts.provider().createArrayBuilder();
        stored.after(channel, position, most).forEach(event -> events.add(json(event)));
        return JsonTexts.provider()
                .createObjectBuilder()
                .add("channel", channel)
                .add("oldest", head.oldest())
                .add("newest", head.newest())
                .add("events", events)
                .build()
                .toString();
    }

    private static JsonObjectBuilder json(StoredEvent event) {
        JsonObjectBuilder json = JsonTexts.provider()
                .createObjectBuilder()
                .add("id", event.number())
                .add("type", event.type())
                .add("data", event.data())
                .add("storedAt", event.storedAt().toString());
        if (!event.skipUsers().isEmpty()) {
            json.add(
                    "skipUsers",
                    JsonTexts.provider()
                            .createArrayBuilder(
                                    event.skipUsers().stream().sorted().toList()));
        }
        return json;
    }

    private static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            LOG.log(Level.DEBUG, "A parameter is no number", e);
        }
        throw PublishRefusedException.badRequest(
                name + " must be a whole number from " + least + " to " + most + ", was " + text);
    }
}
