package io.eventstream.monitor;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;

/**
 * What is to be told of this node's registry. It cannot have it injected: on Payara, beans that an extension adds see no
 * bean of the application, but the application's see them.
 */
interface NodeMonitor {

    /** From now on tells of that node. */
    void watch(ChannelBroadcasterRegistry node);
}
