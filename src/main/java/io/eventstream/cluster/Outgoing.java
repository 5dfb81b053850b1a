package io.eventstream.cluster;

/** What waits to be told to the other nodes, with the sequence as of then. */
record Outgoing(long sequence, Content content) {

    /** {@return how many characters it is worth, about} */
    int size() {
        if (content instanceof Content.Event stored) {
            return stored.event().data().length();
        }
        return content instanceof Content.Live live ? live.data().length() : 0;
    }
}
