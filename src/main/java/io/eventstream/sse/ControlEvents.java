package io.eventstream.sse;

import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** The events that the stream itself sends. */
public final class ControlEvents {

    /** How long the comment is that makes proxies and old browsers pass on the first bytes. */
    private static final int PADDING = 2048;

    private static final byte[] PREAMBLE = utf8(":" + " ".repeat(PADDING) + "\n\nevent: stream-open\ndata:\n\n");
    private static final byte[] KEEP_ALIVE = utf8("event: keep-alive\ndata:\n\n");

    private ControlEvents() {}

    /** {@return what a stream begins with: a comment as padding, then {@code stream-open}; shared, not to be changed} */
    public static byte[] preamble() {
        return PREAMBLE;
    }

    /** {@return what is sent after a silence; shared, not to be changed} */
    public static byte[] keepAlive() {
        return KEEP_ALIVE;
    }

    /**
     * Events were missed: the client has to load its state again.
     *
     * @param id where the client is now; empty for none, since an empty one in the event would wipe the client's
     * @param channels those on which they were missed
     * @return the event
     */
    public static byte[] reset(String id, Collection<String> channels) {
        String data = JsonTexts.object()
                .add("channels", JsonTexts.provider().createArrayBuilder(channels))
                .build()
                .toString();
        return EventEncoder.encode("stream-reset", id, data);
    }

    /**
     * A request that cannot be served: the stream ends, and the client must not come back with the same request. The id
     * says so, since it comes back in {@code Last-Event-ID}.
     *
     * @param condition one word
     * @param text for people
     * @param channels those concerned; empty where none is
     * @return the event
     */
    public static byte[] error(String condition, String text, Collection<String> channels) {
        return EventEncoder.encode("stream-error", "error", errorJson(condition, text, channels));
    }

    /**
     * The data of such an event.
     *
     * @param condition one word
     * @param text for people
     * @param channels those concerned; empty where none is
     * @return JSON
     */
    public static String errorJson(String condition, String text, Collection<String> channels) {
        JsonObjectBuilder json = JsonTexts.object().add("condition", condition).add("text", text);
        if (!channels.isEmpty()) {
            json.add("channels", JsonTexts.provider().createArrayBuilder(channels));
        }
        return json.build().toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
