package io.eventstream.monitor;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

/** Tells the monitors that there are of this node, once the application has started. */
@ApplicationScoped
class MonitoredNode {

    void start(
            @Observes @Initialized(ApplicationScoped.class) Object event,
            @Any Instance<NodeMonitor> monitors,
            ChannelBroadcasterRegistry node) {
        monitors.forEach(monitor -> monitor.watch(node));
    }
}
