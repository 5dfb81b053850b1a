package io.eventstream.cluster;

import io.eventstream.spi.EventTransport;

/** A transport of one kind, and what it goes through. One thread at a time. */
interface TransportUnderTest extends AutoCloseable {

    /** {@return that of a node, which hears all others of these} */
    EventTransport node();

    /** {@return one of the same kind that these nodes do not hear} */
    EventTransport stranger();

    /** Has all nodes receive a text that none of them has published. */
    void publishForeign();

    /** Ends all connections, and takes none. */
    void breakDown();

    void recover();

    /** {@return how many connections there are} */
    long connections();

    @Override
    void close();
}
