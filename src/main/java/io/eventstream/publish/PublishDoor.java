package io.eventstream.publish;

import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.StreamEvent;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.sse.JsonTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/** Publishing over HTTP: who may, what is sent, and the answer. Safe for use by many threads. */
@ApplicationScoped
class PublishDoor {

    private final PublishAccess access;
    private final EventPublisher publisher;
    private final Answers answers;
    private final EventStreamConfig config;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    PublishDoor() {
        this(null, null, null, null);
    }

    @Inject
    PublishDoor(PublishAccess access, EventPublisher publisher, Answers answers, EventStreamConfig config) {
        this.access = access;
        this.publisher = publisher;
        this.answers = answers;
        this.config = config;
    }

    /** One message, whose data is the body. */
    public Answer publish(String channel, String type, InputStream body, Sender sender) {
        return publish(List.of(channel), type, body, sender);
    }

    /** The same; there must be one channel. */
    Answer publish(List<String> channels, String type, InputStream body, Sender sender) {
        return answers.of(sender, () -> {
            if (channels.size() != 1) {
                throw PublishRefusedException.badRequest("Name one channel to publish to, not " + channels.size());
            }
            String channel = channels.get(0);
            if (!access.hasToken(sender)) {
                access.require(channel, sender);
            }
            String text = PublishRequest.text(body, config.publish().maxRequestSize());
            String data = sender.sendsText() ? text : PublishRequest.checkedJson(text);
            return json(publisher
                    .publish(List.of(EventStreamMessage.raw(channel, type, data)))
                    .get(0));
        });
    }

    /** One message or many, all or none. */
    public Answer publish(InputStream body, Sender sender) {
        return answers.of(sender, () -> {
            String text = PublishRequest.text(body, config.publish().maxRequestSize());
            List<EventStreamMessage> messages = PublishRequest.messages(text);
            if (!access.hasToken(sender)) {
                messages.stream()
                        .map(EventStreamMessage::channel)
                        .distinct()
                        .forEach(channel -> access.require(channel, sender));
            }
            List<StreamEvent> events = publisher.publish(messages);
            return text.stripLeading().startsWith("[")
                    ? events.stream().map(PublishDoor::json).collect(Collectors.joining(",", "[", "]"))
                    : json(events.get(0));
        });
    }

    private static String json(StreamEvent event) {
        JsonObjectBuilder json = JsonTexts.provider().createObjectBuilder().add("channel", event.channel());
        event.id().ifPresent(id -> json.add("id", id));
        return json.build().toString();
    }
}
