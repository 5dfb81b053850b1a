package io.eventstream.chaos;

/**
 * What was sent: who sent it, and how many it had sent before.
 *
 * @param publisher its name
 */
record Message(String publisher, int count) {

    static Message parse(String data) {
        int slash = data.indexOf('/');
        return new Message(data.substring(0, slash), Integer.parseInt(data.substring(slash + 1)));
    }

    /** As it is sent. */
    @Override
    public String toString() {
        return publisher + "/" + count;
    }
}
