package io.eventstream.monitor;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.broadcast.NodeStatus;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Ready while new subscribers are accepted. Not when this node is full: a browser does not come back after the 503 that it
 * would get, so whoever sends it here had better choose another node. Safe for use by many threads.
 */
@Readiness
class ReadinessCheck implements HealthCheck, NodeMonitor {

    private volatile @Nullable ChannelBroadcasterRegistry node;

    @Override
    public void watch(ChannelBroadcasterRegistry watched) {
        node = watched;
    }

    @Override
    public HealthCheckResponse call() {
        ChannelBroadcasterRegistry watched = node;
        if (watched == null) {
            return HealthCheckResponse.down("eventstream");
        }
        NodeStatus status = watched.status();
        return HealthCheckResponse.named("eventstream")
                .status(status.acceptsSubscribers())
                .withData("subscribers", status.subscribers())
                .withData("max-subscribers", status.maxSubscribers())
                .withData("channels", status.channels())
                .build();
    }
}
