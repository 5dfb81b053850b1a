package io.eventstream.cluster;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.channel.PresenceEvents;
import io.eventstream.presence.PresenceExchange;
import io.eventstream.presence.PresenceReport;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.StoredEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Who listens, told and heard by way of the storage where no transport connects the nodes: reports are events of a channel of
 * ours. They are stored directly, and not together with what is sent here: a node that hangs in the counter's lock of that
 * channel must not hold up senders. Works on a thread of its own.
 */
final class StoredPresence implements Runnable {

    private static final Logger LOG = System.getLogger(StoredPresence.class.getName());

    /** Between two looks into the storage, one row each while nobody tells anything. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** Characters of one report. */
    static final int LARGEST = 1 << 18;

    private static final int AT_ONCE = 100;
    private static final long UNKNOWN = -1;

    private final UUID self = UUID.randomUUID();
    private final EventStorage storage;
    private final PresenceExchange exchange;
    private final CountDownLatch end = new CountDownLatch(1);
    private final NodeThread thread = new NodeThread("eventstream-presence");
    private final Rarely skipped = rarely("What other nodes told of who listens and was skipped");
    private final Rarely refused = rarely("What the storage refused of who listens here, so that other nodes lack it");

    // Of the thread alone.
    private long position = UNKNOWN;
    private List<EncodedMessage> untold = List.of();

    StoredPresence(EventStorage storage, PresenceExchange exchange) {
        this.storage = storage;
        this.exchange = exchange;
    }

    private static Rarely rarely(String what) {
        return new Rarely(what, System::nanoTime, text -> LOG.log(Level.WARNING, text));
    }

    void start(ThreadFactory threads) {
        thread.start(threads, this);
    }

    @Override
    public void run() {
        try {
            do {
                turn();
            } while (!end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
            farewell();
        } catch (InterruptedException e) {
            // The server wants its thread back; the others see after a lease that nobody is here.
            end.countDown();
        }
    }

    /** Hears what others have told, and tells what is due. */
    void turn() {
        try {
            hear();
            if (untold.isEmpty()) {
                untold = messages(exchange.due());
            }
            tell();
        } catch (StorageUnavailableException | SendOutcomeUnknownException e) {
            // An outage is told by the thread that numbers. What was not told is kept, and nothing gathers behind it,
            // since
            // changes are asked for when they can be told. It does no harm if it is told twice.
            LOG.log(Level.DEBUG, "Who listens could not be told or heard; tried again", e);
        } catch (RuntimeException e) {
            untold = List.of();
            refused.happened(String.valueOf(e.getMessage()));
            LOG.log(Level.DEBUG, "Who listens could not be told or heard", e);
        }
    }

    private void hear() {
        ChannelHead head = storage.heads(List.of(PresenceEvents.CHANNEL)).get(PresenceEvents.CHANNEL);
        if (head == null) {
            throw new IllegalStateException("The storage has not told the head of " + PresenceEvents.CHANNEL);
        }
        long newest = head.newest();
        if (position == UNKNOWN || newest < position) {
            // Who is there tells all again to a node that is new to him; after a loss of the storage the rounds repair.
            position = newest;
        }
        while (position < newest) {
            List<StoredEvent> events = storage.after(PresenceEvents.CHANNEL, position, AT_ONCE);
            events.forEach(event -> hear(event.data()));
            position = events.isEmpty() ? newest : events.get(events.size() - 1).number();
        }
    }

    private void hear(String line) {
        try {
            TransportMessage message = MessageCodec.decode(line);
            if (!message.origin().equals(self)) {
                exchange.heard(message.origin());
                if (message.content() instanceof Content.Presence told) {
                    exchange.received(message.origin(), told.report());
                }
            }
        } catch (UnreadableMessageException e) {
            skipped.happened(String.valueOf(e.getMessage()));
            LOG.log(Level.DEBUG, "What another node told of who listens is skipped", e);
        }
    }

    private void tell() {
        if (!untold.isEmpty()) {
            storage.append(untold);
            untold = List.of();
        }
    }

    /** Tells that nobody listens here any more, if that can be told now. */
    void farewell() {
        try {
            storage.append(messages(List.of(exchange.farewell())));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The others see after a lease that this node is gone", e);
        }
    }

    private List<EncodedMessage> messages(List<PresenceReport> reports) {
        return reports.stream()
                .map(report -> new TransportMessage(self, TransportMessage.NO_STORAGE, 0, new Content.Presence(report)))
                .map(message -> PresenceEvents.message(MessageCodec.encode(message)))
                .toList();
    }

    /** Calling it again has no effect. */
    void close(Duration patience) {
        if (end.getCount() == 0) {
            return;
        }
        end.countDown();
        thread.awaitEnd(patience);
    }
}
