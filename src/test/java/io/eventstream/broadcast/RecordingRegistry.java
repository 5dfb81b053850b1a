package io.eventstream.broadcast;

import io.eventstream.spi.StoredEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is published on this node alone, for tests of other packages. */
public final class RecordingRegistry extends ChannelBroadcasterRegistry {

    private final List<String> published = new CopyOnWriteArrayList<>();

    /** {@return channel and data of each} */
    public List<String> published() {
        return published;
    }

    @Override
    public void receive(List<StoredEvent> events) {
        // What was stored is looked for in the storage.
    }

    @Override
    public void publish(String channel, String type, Set<String> skipUsers, String data) {
        published.add(channel + " " + data);
    }
}
