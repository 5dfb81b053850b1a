package io.eventstream.cluster;

import io.eventstream.cluster.TransportOutage.Direction;
import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;
import java.util.concurrent.CountDownLatch;

/** Has the transport receive, again and again, on a thread of its own. */
final class Receiver implements Runnable {

    private final EventTransport transport;
    private final TransportListener inbox;
    private final TransportOutage outage;
    private final CountDownLatch end;
    private final Pauses pauses;

    Receiver(EventTransport transport, TransportListener inbox, TransportOutage outage, CountDownLatch end) {
        this.transport = transport;
        this.inbox = inbox;
        this.outage = outage;
        this.end = end;
        this.pauses = new Pauses(end);
    }

    @Override
    public void run() {
        do {
            try {
                transport.receive(new Connection());
                if (end.getCount() > 0) {
                    throw new IllegalStateException("The transport has stopped receiving");
                }
            } catch (Exception e) {
                if (end.getCount() > 0) {
                    outage.failed(Direction.RECEIVING, e);
                }
                Pauses.interruptedBy(e);
            }
        } while (pauses.next());
    }

    private final class Connection implements TransportListener {

        @Override
        public void connected() {
            outage.worked(Direction.RECEIVING);
            inbox.connected();
        }

        @Override
        public void received(String text) {
            // Not when it is connected: each time that it is, subscribers are told of a loss.
            pauses.reset();
            inbox.received(text);
        }
    }
}
