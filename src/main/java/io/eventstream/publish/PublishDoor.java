package io.eventstream.publish;

import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.StreamEvent;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.CorsHeaders;
import io.eventstream.sse.ControlEvents;
import io.eventstream.sse.JsonTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/** Publishing over HTTP: who may, what is sent, and the answer. Safe for use by many threads. */
@ApplicationScoped
class PublishDoor {

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
    public Response publish(
            String channel, String type, InputStream body, HttpHeaders headers, SecurityContext security) {
        return answered(headers, () -> {
            if (!access.hasToken(headers)) {
                access.require(channel, headers, security);
            }
            String text = PublishRequest.text(body, config.publish().maxRequestSize());
            String data = isText(headers) ? text : PublishRequest.checkedJson(text);
            return json(publisher
                            .publish(List.of(EventStreamMessage.raw(channel, type, data)))
                            .get(0))
                    .build()
                    .toString();
        });
    }

    /** One message or many, all or none. */
    public Response publish(InputStream body, HttpHeaders headers, SecurityContext security) {
        return answered(headers, () -> {
            String text = PublishRequest.text(body, config.publish().maxRequestSize());
            List<EventStreamMessage> messages = PublishRequest.messages(text);
            if (!access.hasToken(headers)) {
                messages.stream()
                        .map(EventStreamMessage::channel)
                        .distinct()
                        .forEach(channel -> access.require(channel, headers, security));
            }
            List<StreamEvent> events = publisher.publish(messages);
            return text.stripLeading().startsWith("[")
                    ? events.stream()
                            .map(event -> json(event).build().toString())
                            .collect(Collectors.joining(",", "[", "]"))
                    : json(events.get(0)).build().toString();
        });
    }

    private interface Publishing {
        String answer() throws IOException;
    }

    private Response answered(HttpHeaders headers, Publishing publishing) {
        try {
            return response(200, publishing.answer(), headers);
        } catch (PublishRefusedException e) {
            return refusal(e.status(), e.condition(), e.getMessage(), headers);
        } catch (DataTooLargeException e) {
            return refusal(413, "too-large", e.getMessage(), headers);
        } catch (EventStreamException e) {
            return refusal(400, "bad-request", e.getMessage(), headers);
        } catch (IOException e) {
            return refusal(400, "bad-request", "The body did not arrive whole", headers);
        }
    }

    private Response refusal(int status, String condition, String text, HttpHeaders headers) {
        Response response = response(status, ControlEvents.errorJson(condition, text, List.of()), headers);
        // Not "Basic": a browser must not ask its user for a password.
        return status == 401
                ? Response.fromResponse(response)
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                        .build()
                : response;
    }

    private Response response(int status, String json, HttpHeaders headers) {
        Response.ResponseBuilder response =
                Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(json);
        cors.of(headers.getHeaderString("Origin")).forEach(response::header);
        return response.build();
    }

    private static boolean isText(HttpHeaders headers) {
        MediaType type = headers.getMediaType();
        return type != null && type.isCompatible(MediaType.TEXT_PLAIN_TYPE);
    }

    private static JsonObjectBuilder json(StreamEvent event) {
        JsonObjectBuilder json = JsonTexts.provider().createObjectBuilder().add("channel", event.channel());
        event.id().ifPresent(id -> json.add("id", id));
        return json;
    }
}
