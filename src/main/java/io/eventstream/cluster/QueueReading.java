package io.eventstream.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;

/** Reads the queue, again and again, on a thread of its own. */
final class QueueReading implements Runnable {

    private static final Logger LOG = System.getLogger(QueueReading.class.getName());

    private final MessageQueue queue;
    private final MessageQueue.Taker door;
    private final CountDownLatch end;
    private final Pauses pauses;
    private boolean failing;

    QueueReading(MessageQueue queue, MessageQueue.Taker door, CountDownLatch end) {
        this.queue = queue;
        this.door = door;
        this.end = end;
        this.pauses = new Pauses(end);
    }

    @Override
    public void run() {
        do {
            try {
                queue.receive(new Connection());
            } catch (Exception e) {
                if (end.getCount() > 0 && !failing) {
                    failing = true;
                    LOG.log(
                            Level.WARNING,
                            "The queue of eventstream.jms.queue cannot be read, or what it brings cannot be stored. The broker"
                                    + " keeps the messages; it is tried again until it works",
                            e);
                }
                Pauses.interruptedBy(e);
            }
        } while (pauses.next());
    }

    private void works() {
        pauses.reset();
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "The queue of eventstream.jms.queue is read again");
        }
    }

    private final class Connection implements MessageQueue.Taker {

        @Override
        public void take(String id, String text) throws Exception {
            door.take(id, text);
            works();
        }
    }
}
