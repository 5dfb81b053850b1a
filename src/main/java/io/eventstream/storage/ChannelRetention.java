package io.eventstream.storage;

import io.eventstream.channel.ChannelPattern;
import io.eventstream.channel.PresenceEvents;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.Retention;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How long the settings say that events of a channel are kept: by the longest pattern that matches. */
final class ChannelRetention implements Retention {

    private final List<Kept> patterns;
    private final Duration otherwise;

    private record Kept(ChannelPattern pattern, Duration time) {}

    ChannelRetention(EventStreamConfig.Storage settings) {
        this.otherwise = settings.retention();
        this.patterns = settings.retentions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder())))
                .map(kept -> new Kept(ChannelPattern.of(kept.getKey()), kept.getValue()))
                .toList();
    }

    @Override
    public Duration of(String channel) {
        if (channel.equals(PresenceEvents.CHANNEL)) {
            return PresenceEvents.RETENTION;
        }
        return patterns.stream()
                .filter(kept -> kept.pattern.matches(channel))
                .map(Kept::time)
                .findFirst()
                .orElse(otherwise);
    }

    /** {@return the shortest time of all} */
    Duration shortest() {
        return patterns.stream().map(Kept::time).reduce(otherwise, (a, b) -> a.compareTo(b) < 0 ? a : b);
    }
}
