package io.eventstream.publish;

import io.eventstream.api.EventStreamException;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Encodes, and keeps what would be sent; gives ids or fails where it is told to. */
final class RecordingPublisher extends EventPublisher {

    final List<EventStreamMessage> sent = new ArrayList<>();
    boolean ids;

    @Nullable
    EventStreamException failure;

    private final MessageEncoder encoder;

    RecordingPublisher(MessageEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public List<StreamEvent> publish(List<EventStreamMessage> messages) {
        if (failure != null) {
            throw failure;
        }
        List<StreamEvent> events = messages.stream().map(encoder::encode).toList();
        sent.addAll(messages);
        return ids
                ? IntStream.range(0, events.size())
                        .mapToObj(i -> numbered(events.get(i), i + 1))
                        .toList()
                : events;
    }

    private static StreamEvent numbered(StreamEvent event, long id) {
        return new StreamEvent(event.channel(), OptionalLong.of(id), event.type(), event.data());
    }
}
