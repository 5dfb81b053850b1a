package io.eventstream.publish;

import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.StreamEvent;
import java.util.ArrayList;
import java.util.List;

/** Encodes, and keeps what would be sent. */
final class RecordingPublisher extends EventPublisher {

    final List<EventStreamMessage> sent = new ArrayList<>();
    private final MessageEncoder encoder;

    RecordingPublisher(MessageEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public List<StreamEvent> publish(List<EventStreamMessage> messages) {
        List<StreamEvent> events = messages.stream().map(encoder::encode).toList();
        sent.addAll(messages);
        return events;
    }
}
