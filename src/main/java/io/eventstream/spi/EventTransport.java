package io.eventstream.spi;

import java.time.Duration;

/**
 * Carries texts between the nodes of an application. An application that has a bean of this type, of a scope that outlives
 * a request ({@code @ApplicationScoped}), replaces those of the setting {@code eventstream.transport}.
 *
 * <p>A transport is a hint, and the storage the truth: it may lose, repeat, delay and reorder what it carries. What is lost of
 * reliable channels is read from the storage; the rest is lost for good, and subscribers are told so.
 *
 * <p>Threads, pauses and further attempts are the library's: it calls {@link #receive} on one thread and {@link #publish} on
 * another, each again after a pause that grows when it fails. Safe for use by many threads.
 */
public interface EventTransport {

    /**
     * While a node runs it publishes at least so often, and gets its own texts too. So a transport that has received nothing
     * for a multiple of this may take its connection for dead, and fail.
     */
    Duration HEARTBEAT = Duration.ofSeconds(5);

    /**
     * Connects, and hands over each text that any node publishes, this one among them, until {@link #close} is called. Then it
     * returns.
     *
     * @param listener told once it is connected, and given the texts, on the calling thread
     * @throws Exception if it cannot connect, or the connection fails; it is called again
     */
    void receive(TransportListener listener) throws Exception;

    /**
     * Hands a text over for all nodes. Waits as long as it takes to know whether it went, some seconds at most.
     *
     * @param text JSON, of at most {@link #largest} characters, with line feeds
     * @throws Exception if it did not go, or may not have gone; it is called again with the same text
     */
    void publish(String text) throws Exception;

    /**
     * How long a text may be. Events of reliable channels that are longer are announced by their numbers alone, and read from
     * the storage; others do not reach the other nodes.
     *
     * @return a number of characters, at least 4096; by default 1048576
     */
    default int largest() {
        return 1 << 20;
    }

    /** Ends both other methods soon, for good, whoever is in them. */
    void close();
}
