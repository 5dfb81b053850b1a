package io.eventstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of what Redis answers. */
final class RedisReplies {

    private RedisReplies() {}

    static List<?> list(Object reply) {
        return (List<?>) reply;
    }

    static @Nullable String textOrNull(@Nullable Object reply) {
        return reply == null ? null : new String((byte[]) reply, UTF_8);
    }

    static String text(Object reply) {
        return new String((byte[]) reply, UTF_8);
    }

    static long number(Object reply) {
        return reply instanceof Long number ? number : Long.parseLong(text(reply));
    }
}
