package io.eventstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.config.RedisSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names of keys. All have one hash tag, since a script of Redis Cluster may use keys of one slot only. */
final class RedisKeys {

    private final String prefix;

    RedisKeys(RedisSettings settings) {
        this.prefix = "{" + settings.keyPrefix() + "}:";
    }

    /** Id and generation. */
    byte[] storage() {
        return bytes(prefix + "storage");
    }

    /** Of each channel: newest number, newest purged number, when it was born, time of its oldest event (0: none). */
    byte[] heads() {
        return bytes(prefix + "heads");
    }

    /** Which node purges. */
    byte[] lease() {
        return bytes(prefix + "purge");
    }

    /** The events of a channel. */
    byte[] stream(String channel) {
        return bytes(prefix + "channel:" + channel);
    }

    /** {@return the arguments of EVAL after the script} */
    static List<byte[]> arguments(List<byte[]> keys, Collection<byte[]> arguments) {
        List<byte[]> all = new ArrayList<>(1 + keys.size() + arguments.size());
        all.add(bytes(keys.size()));
        all.addAll(keys);
        all.addAll(arguments);
        return all;
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }
}
