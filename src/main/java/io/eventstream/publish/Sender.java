package io.eventstream.publish;

import io.eventstream.spi.EventStreamUser;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes over HTTP, as the request's headers and its server say.
 *
 * @param authorization the header of that name
 * @param contentType the header of that name
 * @param origin the header of that name
 * @param host the header of that name
 * @param user who is signed in; asked only where no token decides
 */
record Sender(
        @Nullable String authorization,
        @Nullable String contentType,
        @Nullable String origin,
        @Nullable String host,
        Supplier<EventStreamUser> user) {

    boolean sendsText() {
        return contentType != null && contentType.split(";", 2)[0].trim().equalsIgnoreCase("text/plain");
    }
}
