package io.eventstream.spi;

/** Takes what an {@link EventTransport} receives. One thread at a time; never throws. */
public interface TransportListener {

    /** From here on no text is missed until {@link EventTransport#receive} ends. Called once in each call of it. */
    void connected();

    /**
     * A text has arrived.
     *
     * @param text what was published, by this version, another one, or somebody else
     */
    void received(String text);
}
