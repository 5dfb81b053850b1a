package io.eventstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "eventstream.keepalive, eventstream.keep-alive",
        "eventstream.keep-alives, eventstream.keep-alive",
        "eventstream.open-chanels, eventstream.open-channels",
        "eventstream.cors.allow-origin, eventstream.cors.allow-origins",
        "eventstream.tail.totalbytes, eventstream.tail.total-bytes",
        "eventstream.Console, eventstream.console",
        "eventstream.storage.retentions, eventstream.storage.retention",
        "eventstream.storage.retention., eventstream.storage.retention",
        "EVENTSTREAM_KEEPALIVE, EVENTSTREAM_KEEP_ALIVE",
        "EVENTSTREAM_PUBLISHTOKEN, EVENTSTREAM_PUBLISH_TOKEN",
    })
    void areWarnedOfWithTheNearestThatThereIs(String name, String nearest) {
        assertThat(UnknownSettings.warnings(FakeConfig.of(name, "x")))
                .containsExactly("Unknown setting " + name + "; did you mean " + nearest + "?");
    }

    @Test
    void areSorted() {
        assertThat(UnknownSettings.warnings(FakeConfig.of("eventstream.role", "x", "eventstream.error", "x")))
                .containsExactly(
                        "Unknown setting eventstream.error; did you mean eventstream.errors?",
                        "Unknown setting eventstream.role; did you mean eventstream.roles?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eventstream.keep-alive",
                "EVENTSTREAM_KEEP_ALIVE",
                "eventstream.keep.alive", // as some servers list the environment
                "eventstream.storage.poll",
                "eventstream.storage.retention.\"news-*\"",
                "eventstream.storage.retention.news-*",
                "eventstreams.keepalive",
                "java.home",
                "EVENTSTREAMS",
                "other.eventstream.keepalive",
            })
    void areNoneOfTheseNames(String name) {
        assertThat(UnknownSettings.warnings(FakeConfig.of(name, "x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventstream.grip.url", "EVENTSTREAM_GRIP_URL"})
    void areNotWarnedOfWhereTheyStopTheDeploymentAnyway(String name) {
        assertThat(UnknownSettings.warnings(FakeConfig.of(name, "x"))).isEmpty();
    }
}
