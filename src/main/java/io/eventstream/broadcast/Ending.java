package io.eventstream.broadcast;

import io.eventstream.sse.ControlEvents;
import java.util.List;

/**
 * Why a subscriber is ended.
 *
 * @param reason one word for the log
 * @param lastWords what it is told before the end; empty for nothing
 */
record Ending(Reason reason, byte[] lastWords) {

    enum Reason {
        /** The connection has failed or its peer has closed it. */
        GONE,
        /** Nothing could be written for the stall limit. */
        STALLED,
        /** It may no longer read a channel. */
        FORBIDDEN,
        /** The application closed its broadcaster. */
        CLOSED,
        /** The application closed its broadcaster, but keeps its sinks. */
        RELEASED,
        /** The application is undeployed. */
        SHUTDOWN
    }

    private static final byte[] NOTHING = {};

    /** One after which the client may come back and resume, so that it carries no {@code id: error}. */
    static Ending silent(Reason reason) {
        return new Ending(reason, NOTHING);
    }

    static Ending forbidden(String channel) {
        return new Ending(
                Reason.FORBIDDEN,
                ControlEvents.error("forbidden", "Permission denied to channels: " + channel, List.of(channel)));
    }

    boolean isSilent() {
        return lastWords.length == 0;
    }
}
