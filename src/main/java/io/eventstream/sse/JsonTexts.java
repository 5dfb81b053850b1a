package io.eventstream.sse;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;

/** The JSON that this library itself writes and reads. */
public final class JsonTexts {

    /** Looked up once: every look-up searches the application's jars, which takes longer than all the rest of a send. */
    private static final JsonProvider PROVIDER = JsonProvider.provider();

    private JsonTexts() {}

    /** {@return the server's JSON-P} */
    public static JsonProvider provider() {
        return PROVIDER;
    }

    /** {@return an empty object to fill} */
    static JsonObjectBuilder object() {
        return PROVIDER.createObjectBuilder();
    }
}
