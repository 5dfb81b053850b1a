package io.eventstream.storage;

import io.eventstream.api.EventStreamException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error that Redis answers means for who asked. Only its first word is told, the rest may hold data; that is the
 * cause's.
 */
final class RedisFailure {

    /** Redis up to 6 puts the error of a command in a script behind where it happened. */
    private static final Pattern IN_SCRIPT =
            Pattern.compile("^ERR Error running script.* -([A-Z]+) .*", Pattern.DOTALL);

    private static final Pattern FIRST_WORD = Pattern.compile("^([A-Z]+)( .*)?", Pattern.DOTALL);

    /** These pass, and nothing was done. */
    private static final Set<String> LATER =
            Set.of("LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MISCONF", "NOREPLICAS");

    private static final Map<String, String> ADVICE = Map.of(
            "OOM", "it has no memory left; give it more, or keep events for a shorter time",
            "READONLY", "it is a replica; eventstream.redis.url must name the primary",
            "WRONGTYPE", "a key of ours holds something else; set another eventstream.redis.key-prefix",
            "NOAUTH", "it wants a password; put one into eventstream.redis.url",
            "WRONGPASS", "it does not take the user and password of eventstream.redis.url",
            "NOPERM", "the user of eventstream.redis.url may not do what storage needs",
            "MOVED", "it is a node of a cluster that does not hold our keys; docs/redis.md says what to do",
            "ASK", "it is a node of a cluster that is moving our keys");

    private RedisFailure() {}

    /** {@return the exception for an error that Redis answered, after which nothing was stored} */
    static EventStreamException of(RuntimeException error) {
        String text = String.valueOf(error.getMessage());
        String word = word(text);
        if (LATER.contains(word) || text.contains("max number of clients")) {
            return new StorageUnavailableException("Redis cannot be used now (" + word + ")", error);
        }
        String advice = ADVICE.get(word);
        return new StorageRefusedException(
                "Redis refused it (" + word + ")" + (advice == null ? "" : ": " + advice), error);
    }

    private static String word(String text) {
        Matcher inScript = IN_SCRIPT.matcher(text);
        if (inScript.matches()) {
            return inScript.group(1);
        }
        Matcher first = FIRST_WORD.matcher(text);
        return first.matches() ? first.group(1) : "ERR";
    }
}
