package io.eventstream.publish;

import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.api.StreamEvent;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.CorsHeaders;
import io.eventstream.sse.ControlEvents;
import io.eventstream.sse.JsonTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Publishing over HTTP: who may, what is sent, and the answer. Safe for use by many threads. */
@ApplicationScoped
class PublishDoor {

    private static final Logger LOG = System.getLogger(PublishDoor.class.getName());

    /** About as long as a database takes to come back. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private final PublishAccess access;
    private final EventPublisher publisher;
    private final CorsHeaders cors;
    private final EventStreamConfig config;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    PublishDoor() {
        this(null, null, null, null);
    }

    @Inject
    PublishDoor(PublishAccess access, EventPublisher publisher, CorsHeaders cors, EventStreamConfig config) {
        this.access = access;
        this.publisher = publisher;
        this.cors = cors;
        this.config = config;
    }

    /** One message, whose data is the body. */
    public Answer publish(String channel, String type, InputStream body, Sender sender) {
        return answered(sender, () -> {
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
        return answered(sender, () -> {
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

    private interface Publishing {
        String answer() throws IOException;
    }

    private Answer answered(Sender sender, Publishing publishing) {
        try {
            return new Answer(200, publishing.answer(), cors.of(sender.origin()));
        } catch (PublishRefusedException e) {
            return refusal(e.status(), e.condition(), e.getMessage(), sender);
        } catch (DataTooLargeException e) {
            return refusal(413, "too-large", e.getMessage(), sender);
        } catch (StorageUnavailableException e) {
            return refusal(503, "storage-unavailable", e.getMessage(), sender);
        } catch (SendOutcomeUnknownException e) {
            return refusal(504, "outcome-unknown", e.getMessage(), sender);
        } catch (StorageRefusedException e) {
            LOG.log(Level.ERROR, "The storage refused what was published over HTTP", e);
            return refusal(500, "storage-refused", e.getMessage(), sender);
        } catch (EventStreamException e) {
            return refusal(400, "bad-request", e.getMessage(), sender);
        } catch (IOException e) {
            return refusal(400, "bad-request", "The body did not arrive whole", sender);
        }
    }

    private Answer refusal(int status, String condition, String text, Sender sender) {
        Map<String, String> headers = new HashMap<>(cors.of(sender.origin()));
        if (status == 401) {
            // Not "Basic": a browser must not ask its user for a password.
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (status == 503) {
            headers.put("Retry-After", RETRY_AFTER_SECONDS);
        }
        return new Answer(status, ControlEvents.errorJson(condition, text, List.of()), headers);
    }

    private static String json(StreamEvent event) {
        JsonObjectBuilder json = JsonTexts.provider().createObjectBuilder().add("channel", event.channel());
        event.id().ifPresent(id -> json.add("id", id));
        return json.build().toString();
    }
}
