package io.eventstream.storage;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelRetentionTest {

    private final ChannelRetention retention = new ChannelRetention(config(
                    "eventstream.storage.retention", "PT24H",
                    "eventstream.storage.retention.\"news-*\"", "PT1H",
                    "eventstream.storage.retention.news-archive-*", "P30D",
                    "eventstream.storage.retention.\"audit\"", "P365D")
            .storage());

    @ParameterizedTest
    @CsvSource({
        "news-, PT1H",
        "news-a, PT1H",
        "news-archive-1, P30D",
        "audit, P365D",
        "audit-2, PT24H",
        "my-news-a, PT24H",
        "eventstream:presence, PT1M",
    })
    void isThatOfTheLongestPatternThatMatches(String channel, Duration expected) {
        assertThat(retention.of(channel)).isEqualTo(expected);
    }

    @Test
    void knowsTheShortest() {
        assertThat(retention.shortest()).isEqualTo(Duration.ofHours(1));
        assertThat(new ChannelRetention(config().storage()).shortest()).isEqualTo(Duration.ofHours(24));
    }
}
