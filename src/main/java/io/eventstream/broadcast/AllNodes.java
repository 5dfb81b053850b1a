package io.eventstream.broadcast;

import io.eventstream.spi.EventReceiver;
import java.util.Set;

/**
 * The subscribers of all nodes, for whoever sends: of this node, and by whatever connects them of the others. Neither waits
 * for another node nor fails because of one. Safe for use by many threads.
 */
public interface AllNodes extends EventReceiver {

    /**
     * Sends an event without storing it.
     *
     * @param channel its channel
     * @param type its type
     * @param skipUsers names of users who do not get it
     * @param data its data, encoded
     */
    void publish(String channel, String type, Set<String> skipUsers, String data);

    /**
     * Ends the streams of a user that may no longer listen to a channel. Where there is a storage the other nodes learn of it
     * by an event ({@link io.eventstream.channel.PermissionEvents}).
     *
     * @param user the user's name, empty for anonymous
     * @param channel the channel
     */
    void recheck(String user, String channel);
}
