package io.eventstream.cluster;

/** What programs send to the queue that nodes read. */
public final class QueueTexts {

    /** Of the texts that this version writes, and the only ones that it reads. */
    static final int FORMAT = 1;

    private QueueTexts() {}

    /** {@return the text of a message whose data is JSON, which is not checked here} */
    public static String json(String channel, String type, String json) {
        return begun(channel, type) + ",\"data\":" + json + "}";
    }

    /** {@return the text of a message whose data is any text} */
    public static String text(String channel, String type, String text) {
        return begun(channel, type) + ",\"text\":" + PlainLines.quoted(text) + "}";
    }

    private static String begun(String channel, String type) {
        return "{\"format\":" + FORMAT + ",\"channel\":" + PlainLines.quoted(channel) + ",\"type\":"
                + PlainLines.quoted(type);
    }
}
