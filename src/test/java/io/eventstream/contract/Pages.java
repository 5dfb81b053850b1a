package io.eventstream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.spi.EventStorage;
import io.eventstream.spi.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads a channel page by page, as a stream does. */
public final class Pages {

    private static final int PAGE = 100;

    private Pages() {}

    /** {@return all its events from the first number on, which must have no gap} */
    public static List<StoredEvent> all(EventStorage storage, String channel) {
        List<StoredEvent> events = new ArrayList<>();
        long position = storage.heads(List.of(channel)).get(channel).oldest() - 1;
        while (true) {
            List<StoredEvent> page = storage.after(channel, position, PAGE);
            for (StoredEvent event : page) {
                assertThat(event.number())
                        .as("after %s of %s", position, channel)
                        .isEqualTo(position + 1);
                position = event.number();
            }
            events.addAll(page);
            if (page.isEmpty()) {
                return events;
            }
        }
    }
}
