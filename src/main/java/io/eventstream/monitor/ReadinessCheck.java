package io.eventstream.monitor;

import io.eventstream.broadcast.NodeStatus;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while new subscribers are accepted. Not when this node is full: a browser does not come back after the 503 that it
 * would get, so whoever sends it here had better choose another node. Safe for use by many threads.
 */
@Readiness
class ReadinessCheck extends NodeMonitor implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        return status().map(ReadinessCheck::of).orElseGet(() -> HealthCheckResponse.down("eventstream"));
    }

    private static HealthCheckResponse of(NodeStatus status) {
        return HealthCheckResponse.named("eventstream")
                .status(status.acceptsSubscribers())
                .withData("subscribers", status.subscribers())
                .withData("max-subscribers", status.maxSubscribers())
                .withData("channels", status.channels())
                .build();
    }
}
