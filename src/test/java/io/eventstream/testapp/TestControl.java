package io.eventstream.testapp;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.api.EventStream;
import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.stream.Collectors;
import javax.naming.InitialContext;

/** What a test makes the application do: each step of a vector is a request with the step's JSON as its body. */
@Path("control")
@ApplicationScoped
public class TestControl {

    private final Event<EventStreamMessage> messages;
    private final Event<ChannelPermissionChanged> permissions;
    private final EventStream stream;
    private final TestChannels channels;
    private final ChannelBroadcasterRegistry registry;

    /** For the CDI client proxy; public, as JAX-RS wants it. */
    public TestControl() {
        this(null, null, null, null, null);
    }

    @Inject
    TestControl(
            Event<EventStreamMessage> messages,
            Event<ChannelPermissionChanged> permissions,
            EventStream stream,
            TestChannels channels,
            ChannelBroadcasterRegistry registry) {
        this.messages = messages;
        this.permissions = permissions;
        this.stream = stream;
        this.channels = channels;
        this.registry = registry;
    }

    /** Fires a message, {@code count} times: 204, or 400 with the reason. */
    @POST
    @Path("send")
    public Response send(String body) {
        JsonObject step = json(body);
        try {
            EventStreamMessage message = message(step);
            for (int i = 0; i < step.getInt("count", 1); i++) {
                messages.fire(message);
            }
            return Response.noContent().build();
        } catch (EventStreamException | IllegalArgumentException e) {
            return Response.status(400)
                    .entity(e.getClass().getSimpleName() + ": " + e.getMessage())
                    .build();
        }
    }

    private static EventStreamMessage message(JsonObject step) {
        String channel = step.getString("channel");
        String type = step.getString("type", "message");
        EventStreamMessage message;
        if (step.containsKey("raw")) {
            message = EventStreamMessage.raw(channel, type, step.getString("raw"));
        } else if (step.containsKey("sample")) {
            message = EventStreamMessage.of(
                    channel, type, SampleValues.of(step.getString("sample")).orElseThrow());
        } else {
            message = EventStreamMessage.of(channel, type, PlainValues.of(step.get("data")));
        }
        return step.containsKey("skip_user_ids")
                ? message.skipUsers(step.getJsonArray("skip_user_ids").getValuesAs(JsonString::getString))
                : message;
    }

    /** Sends in a transaction that rolls back. */
    @POST
    @Path("rolled_back_send")
    public void rolledBackSend(String body) throws Exception {
        UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
        transaction.begin();
        messages.fire(message(json(body)));
        transaction.rollback();
    }

    /** A user may no longer read a channel. */
    @POST
    @Path("deny")
    public void deny(String body) {
        JsonObject step = json(body);
        channels.deny(user(step), step.getString("channel"));
    }

    /** The same, and streams that are open are ended. */
    @POST
    @Path("kick")
    public void kick(String body) {
        JsonObject step = json(body);
        channels.deny(user(step), step.getString("channel"));
        permissions.fire(new ChannelPermissionChanged(user(step), step.getString("channel")));
    }

    /** Something may have changed. */
    @POST
    @Path("permission_changed")
    public void permissionChanged(String body) {
        JsonObject step = json(body);
        stream.permissionChanged(user(step), step.getString("channel"));
    }

    /** {@return the id of channels that an application would put into a page} */
    @POST
    @Path("current_id")
    public String currentId(String body) {
        try (var reader = Json.createReader(new StringReader(body))) {
            return stream.currentId(reader.readArray()
                            .getValuesAs(JsonString::getString)
                            .toArray(String[]::new))
                    .toString();
        }
    }

    /** Everything as it was at first. */
    @POST
    @Path("reset")
    public void reset() {
        channels.reset();
    }

    /** {@return how many subscribers this node has} */
    @GET
    @Path("subscribers")
    public int subscribers() {
        return registry.status().subscribers();
    }

    /** {@return numbers of the threads that we have begun for this application, one a line} */
    @GET
    @Path("threads")
    public String threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("eventstream-"))
                .filter(thread -> isOfThisApplication(thread.getContextClassLoader()))
                .map(thread -> Long.toString(thread.getId()))
                .collect(Collectors.joining("\n"));
    }

    /** Servers wrap class loaders, and those of applications that have gone may refuse. */
    private static boolean isOfThisApplication(ClassLoader loader) {
        try {
            return loader != null && loader.loadClass(TestControl.class.getName()) == TestControl.class;
        } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
            return false;
        }
    }

    /** {@return a page of the application's own origin} */
    @GET
    @Path("page")
    @Produces("text/html")
    public String page() {
        return "<!doctype html><title>Test</title><link rel=icon href=data:,>";
    }

    private static String user(JsonObject step) {
        String user = step.getString("user");
        return user.equals("anonymous") ? "" : user;
    }

    private static JsonObject json(String body) {
        try (var reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }
}
