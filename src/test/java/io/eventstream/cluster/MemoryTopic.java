package io.eventstream.cluster;

import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A broker in memory that can be down. Safe for use by many threads. */
final class MemoryTopic {

    private static final String BROKEN = "broken";
    private static final String CLOSED = "closed";

    private final List<BlockingQueue<String>> connections = new CopyOnWriteArrayList<>();
    private final List<String> published = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    /** Ends all connections, and takes none. */
    void breakDown() {
        down = true;
        connections.forEach(connection -> connection.add(BROKEN));
    }

    void recover() {
        down = false;
    }

    /** {@return how many nodes receive} */
    int connected() {
        return connections.size();
    }

    /** {@return the lines that were published} */
    List<String> lines() {
        return published.stream().flatMap(String::lines).toList();
    }

    /** As somebody else on the same topic. */
    void publish(String text) throws IOException {
        if (down) {
            throw new IOException("The broker is down");
        }
        published.add(text);
        connections.forEach(connection -> connection.add(text));
    }

    /** {@return the transport of another node} */
    EventTransport join() {
        return new EventTransport() {

            private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

            @Override
            public void receive(TransportListener listener) throws Exception {
                if (down) {
                    throw new IOException("The broker is down");
                }
                received.clear();
                connections.add(received);
                try {
                    listener.connected();
                    for (String text = received.take(); !text.equals(CLOSED); text = received.take()) {
                        if (text.equals(BROKEN)) {
                            throw new IOException("The connection has ended");
                        }
                        listener.received(text);
                    }
                } finally {
                    connections.remove(received);
                }
            }

            @Override
            public void publish(String text) throws IOException {
                MemoryTopic.this.publish(text);
            }

            @Override
            public void close() {
                received.add(CLOSED);
            }
        };
    }
}
