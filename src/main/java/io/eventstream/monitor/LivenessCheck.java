package io.eventstream.monitor;

import io.eventstream.broadcast.NodeStatus;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live while the dispatcher moves, or is not needed yet: where it is stuck for good, only a new start helps. Safe for use by
 * many threads.
 */
@Liveness
class LivenessCheck extends NodeMonitor implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("eventstream-dispatcher")
                .status(status().map(NodeStatus::dispatcherMoves).orElse(true))
                .build();
    }
}
