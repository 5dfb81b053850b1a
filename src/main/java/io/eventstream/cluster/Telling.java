package io.eventstream.cluster;

import io.eventstream.presence.PresenceExchange;
import io.eventstream.presence.PresenceReport;
import io.eventstream.spi.EventTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be told next: what waits in the outbox, and now and then who listens. The latter never waits anywhere, so that
 * while the transport is away it takes no room and does not grow old. One thread at a time.
 */
final class Telling {

    private static final int AT_ONCE = 500;

    private final Outbox outbox;
    private final Optional<PresenceExchange> presence;
    private final Duration patience;
    private long sequence;

    Telling(Outbox outbox, Optional<PresenceExchange> presence) {
        this.outbox = outbox;
        this.presence = presence;
        this.patience = presence.isPresent() ? PresenceExchange.PAUSE : EventTransport.HEARTBEAT;
    }

    /** Waits for something to tell, for a while. {@return it; absent at the end} */
    Optional<List<Outgoing>> next() {
        return next(patience);
    }

    Optional<List<Outgoing>> next(Duration atMost) {
        List<Outgoing> waiting = outbox.take(AT_ONCE, atMost);
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        sequence = waiting.get(waiting.size() - 1).sequence();
        return Optional.of(presence.map(who -> beside(waiting, who.due())).orElse(waiting));
    }

    private List<Outgoing> beside(List<Outgoing> waiting, List<PresenceReport> reports) {
        List<Outgoing> messages = new ArrayList<>(waiting);
        // Who listens is told with each heartbeat, which says that the node is there.
        messages.removeIf(message -> message.content() instanceof Content.Alive);
        reports.forEach(report -> messages.add(outgoing(report)));
        return messages;
    }

    /** {@return what is told when nothing else is any more} */
    List<Outgoing> last() {
        return presence.map(who -> List.of(outgoing(who.farewell()))).orElseGet(List::of);
    }

    private Outgoing outgoing(PresenceReport report) {
        return new Outgoing(sequence, new Content.Presence(report));
    }
}
