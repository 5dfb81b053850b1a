package io.eventstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** What Redis does at once, so that nobody sees half of it: a Lua script of the jar. Safe for use by many threads. */
enum RedisScript {
    IDENTITY,
    APPEND,
    HEADS,
    PURGE,
    RELEASE;

    private final String text;
    private final String sha1;

    RedisScript() {
        text = read("redis-" + name().toLowerCase(Locale.ROOT) + ".lua");
        sha1 = sha1(text);
    }

    /** {@return the script itself, for a Redis that does not know it yet} */
    byte[] text() {
        return RedisKeys.bytes(text);
    }

    /** {@return what Redis calls it once it knows it} */
    byte[] sha1() {
        return RedisKeys.bytes(sha1);
    }

    private static String read(String file) {
        try (InputStream in = RedisScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + file);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(RedisKeys.bytes(text));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }
}
