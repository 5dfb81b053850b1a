package io.eventstream.monitor;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jspecify.annotations.Nullable;

/**
 * Live while the dispatcher moves, or is not needed yet: where it is stuck for good, only a new start helps. Safe for use by
 * many threads.
 */
@Liveness
class LivenessCheck implements HealthCheck, NodeMonitor {

    private volatile @Nullable ChannelBroadcasterRegistry node;

    @Override
    public void watch(ChannelBroadcasterRegistry watched) {
        node = watched;
    }

    @Override
    public HealthCheckResponse call() {
        ChannelBroadcasterRegistry watched = node;
        return HealthCheckResponse.named("eventstream-dispatcher")
                .status(watched == null || watched.status().dispatcherMoves())
                .build();
    }
}
