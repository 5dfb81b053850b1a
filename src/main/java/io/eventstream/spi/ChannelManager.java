package io.eventstream.spi;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Says which channels a request is for and who may read and publish. An application that wants other than the defaults
 * here has one bean of this type, of any scope that outlives a request ({@code @ApplicationScoped}).
 *
 * <p>Called by many threads at once. {@link #canRead} is asked when a stream opens and again after a
 * {@code ChannelPermissionChanged}, then without a request around it.
 */
public interface ChannelManager {

    /**
     * The channels that a request listens to.
     *
     * @param request what was asked
     * @return their names; by default those of the route, else those of the query parameters {@code channel}
     */
    default Set<String> channels(StreamRequest request) {
        return request.route().isEmpty() ? new LinkedHashSet<>(request.query("channel")) : request.route();
    }

    /**
     * Whether a user may read a channel.
     *
     * @param user who
     * @param channel the channel's name
     * @return by default whether the route or {@code eventstream.open-channels} lets everybody read it
     */
    default boolean canRead(EventStreamUser user, String channel) {
        return user.granted().contains(channel);
    }

    /**
     * Whether a user may publish over HTTP. A request with the token of {@code eventstream.publish.token} may anyway,
     * and messages that the application fires are not asked for.
     *
     * @param user who
     * @param channel the channel's name
     * @return by default false
     */
    default boolean canPublish(EventStreamUser user, String channel) {
        return false;
    }

    /**
     * Which request headers {@link StreamRequest#header} can be asked for.
     *
     * @return their names; by default none
     */
    default Set<String> requestHeaders() {
        return Set.of();
    }

    /**
     * Whether a channel's events are stored, so that each has an id and clients that come back get what they missed.
     * Asked at each send and each stream; the answer for a channel must not change while the application runs.
     *
     * @param channel the channel's name
     * @return by default true; without effect where {@code eventstream.storage} is {@code none}
     */
    default boolean isReliable(String channel) {
        return true;
    }
}
