package io.eventstream.testing;

import io.eventstream.testing.SseParser.Event;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Events whose types and data are made of what breaks parsers. */
public final class RandomEvents {

    private static final int LONGEST = 24;
    private static final List<String> IN_TYPES = List.of(
            "a",
            "Z",
            "0",
            " ",
            ":",
            "\t",
            "\u00e9",
            "\ud83d\ude00",
            "\u2028",
            "\u0085",
            "\u000b",
            "\ufeff",
            "data",
            "'",
            "<",
            "%");
    private static final List<String> IN_DATA = Stream.concat(
                    IN_TYPES.stream(),
                    Stream.of("\n", "\r", "\r\n", "\0", "data: ", "event: x", "id: 1", "\n\n", ":", "retry: 1"))
            .toList();

    private RandomEvents() {}

    /** {@return as many events, always the same for a seed; their types are valid} */
    public static List<Event> of(int count, long seed) {
        var random = new Random(seed);
        return Stream.generate(() -> new Event(text(random, IN_TYPES), text(random, IN_DATA), ""))
                .limit(count)
                .toList();
    }

    private static String text(Random random, List<String> parts) {
        var text = new StringBuilder();
        int length = random.nextInt(LONGEST);
        for (int i = 0; i < length; i++) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }
}
