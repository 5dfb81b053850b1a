package io.eventstream.monitor;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.broadcast.NodeStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of this node's registry. It cannot have it injected: on Payara, beans that an extension adds see no
 * bean of the application, but the application's see them. Safe for use by many threads.
 */
abstract class NodeMonitor {

    private volatile @Nullable ChannelBroadcasterRegistry node;

    /** From now on tells of that node. */
    public void watch(ChannelBroadcasterRegistry watched) {
        node = watched;
    }

    /** {@return how the node does; empty before the application has started} */
    Optional<NodeStatus> status() {
        return Optional.ofNullable(node).map(ChannelBroadcasterRegistry::status);
    }
}
