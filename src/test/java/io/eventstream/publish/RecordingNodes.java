package io.eventstream.publish;

import io.eventstream.broadcast.AllNodes;
import io.eventstream.spi.StoredEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is published without being stored, and who is asked for again. */
final class RecordingNodes implements AllNodes {

    private final List<String> published = new CopyOnWriteArrayList<>();
    private final List<String> rechecked = new CopyOnWriteArrayList<>();

    /** {@return channel and data of each} */
    List<String> published() {
        return published;
    }

    /** {@return user and channel of each} */
    List<String> rechecked() {
        return rechecked;
    }

    @Override
    public void receive(List<StoredEvent> events) {
        // What was stored is looked for in the storage.
    }

    @Override
    public void publish(String channel, String type, Set<String> skipUsers, String data) {
        published.add(channel + " " + data);
    }

    @Override
    public void recheck(String user, String channel) {
        rechecked.add(user + " " + channel);
    }
}
