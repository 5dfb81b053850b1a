package io.eventstream.cluster;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.presence.PresenceExchange;
import io.eventstream.spi.EventTransport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/** This node as it is connected with others by a transport: what it tells them and hears from them. Safe for many threads. */
final class Connected {

    private static final Logger LOG = System.getLogger(Connected.class.getName());
    private static final int MOST_WAITING = 10_000;
    private static final long MOST_CHARACTERS = 16 << 20;

    private final EventTransport transport;
    private final Outbox outbox = new Outbox(MOST_WAITING, MOST_CHARACTERS);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Sender sender;
    private final Receiver receiver;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final NodeThread receiving = new NodeThread("eventstream-receive");
    private final NodeThread sending = new NodeThread("eventstream-send");

    Connected(
            EventTransport transport,
            StorageMark storage,
            ChannelBroadcasterRegistry node,
            PermissionWatch permissions,
            Optional<PresenceExchange> presence) {
        UUID self = UUID.randomUUID();
        var outage = new TransportOutage(System::nanoTime);
        var tooLarge = rarely("Events that are too large to reach the other nodes");
        var skipped = rarely("Messages of the transport that were skipped");
        this.transport = transport;
        var telling = new Telling(outbox, presence);
        this.sender =
                new Sender(telling, new Packing(self, transport.largest(), tooLarge), storage, transport, outage, end);
        this.receiver =
                new Receiver(transport, new Inbox(self, storage, node, permissions, presence, skipped), outage, end);
    }

    private static Rarely rarely(String what) {
        return new Rarely(what, System::nanoTime, text -> LOG.log(Level.WARNING, text));
    }

    Outbox outbox() {
        return outbox;
    }

    void start(ThreadFactory threads) {
        receiving.start(threads, receiver);
        sending.start(threads, sender);
    }

    /** What waits is still told, if that takes no longer than this. Calling it again has no effect. */
    void close(Duration patience) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        outbox.close();
        sending.awaitEnd(patience);
        end.countDown();
        transport.close();
        receiving.awaitEnd(patience);
    }
}
