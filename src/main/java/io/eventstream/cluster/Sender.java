package io.eventstream.cluster;

import io.eventstream.cluster.TransportOutage.Direction;
import io.eventstream.spi.EventTransport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Publishes what waits in the outbox, again and again until it has gone, on a thread of its own. */
final class Sender implements Runnable {

    private final Telling telling;
    private final Packing packing;
    private final StorageMark storage;
    private final EventTransport transport;
    private final TransportOutage outage;
    private final CountDownLatch end;

    Sender(
            Telling telling,
            Packing packing,
            StorageMark storage,
            EventTransport transport,
            TransportOutage outage,
            CountDownLatch end) {
        this.telling = telling;
        this.packing = packing;
        this.storage = storage;
        this.transport = transport;
        this.outage = outage;
        this.end = end;
    }

    @Override
    public void run() {
        Optional<List<Outgoing>> messages = telling.next();
        while (messages.isPresent()) {
            if (!publish(messages.get())) {
                return;
            }
            messages = telling.next();
        }
        publish(telling.last());
    }

    /** {@return false if not all have gone before the end} */
    private boolean publish(List<Outgoing> messages) {
        boolean goesOn = true;
        for (String text : packing.pack(messages, storage.id())) {
            goesOn = goesOn && publish(text);
        }
        return goesOn;
    }

    /** {@return false if it has not gone before the end} */
    private boolean publish(String text) {
        var pauses = new Pauses(end);
        while (true) {
            try {
                transport.publish(text);
                outage.worked(Direction.SENDING);
                return true;
            } catch (Exception e) {
                outage.failed(Direction.SENDING, e);
                Pauses.interruptedBy(e);
                if (!pauses.next()) {
                    return false;
                }
            }
        }
    }
}
