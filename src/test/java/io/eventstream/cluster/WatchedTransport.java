package io.eventstream.cluster;

import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;

/** A transport of which a test knows whether its node has heard that it is connected. Safe for use by many threads. */
final class WatchedTransport implements EventTransport {

    private final EventTransport transport;
    private volatile boolean connected;

    WatchedTransport(EventTransport transport) {
        this.transport = transport;
    }

    /** {@return whether the node knows that it is connected: whoever listens now is not told of a loss before} */
    boolean isConnected() {
        return connected;
    }

    @Override
    public void receive(TransportListener listener) throws Exception {
        try {
            transport.receive(new TransportListener() {
                @Override
                public void connected() {
                    listener.connected();
                    connected = true;
                }

                @Override
                public void received(String text) {
                    listener.received(text);
                }
            });
        } finally {
            connected = false;
        }
    }

    @Override
    public void publish(String text) throws Exception {
        transport.publish(text);
    }

    @Override
    public int largest() {
        return transport.largest();
    }

    @Override
    public void close() {
        transport.close();
    }
}
