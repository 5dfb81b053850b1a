package io.eventstream.http;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.config.EventStreamConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHostTest {

    private final EventStreamConfig development = config("eventstream.development", "true");

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8080", "LocalHost:1", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:80"
            })
    void admitsThisMachine(String host) {
        assertThat(LocalHost.admits(development, host)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "example.org",
                "localhost.example.org",
                "localhost:8080.example.org",
                "example.org:localhost",
                "127.0.0.1.example.org",
                "127.0.0.2",
                "::1",
                "localhost:80:80",
                "user@localhost",
                "localhost\nx"
            })
    void turnsAwayAnyOtherName(@Nullable String host) {
        assertThat(LocalHost.admits(development, host)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "example.org"})
    void admitsEveryNameOutsideOfDevelopment(@Nullable String host) {
        assertThat(LocalHost.admits(config(), host)).isTrue();
    }
}
