package io.eventstream.cluster;

/** A queue of a broker, whose messages leave it only when they have been taken. */
interface MessageQueue extends AutoCloseable {

    /** Takes what comes, by one thread. */
    interface Taker {

        /**
         * Takes a message. If it throws, the broker keeps the message.
         *
         * @param id the same when the broker brings it again; empty where it has none
         * @param text empty where the message is no text
         */
        void take(String id, String text) throws Exception;
    }

    /** Connects, and hands over what comes, until it is to stop. */
    void receive(Taker taker) throws Exception;

    /** Ends {@link #receive} soon, but not in the middle of a message. */
    void stop();

    /** Ends the connections; a message that is under way stays with the broker. */
    @Override
    void close();
}
