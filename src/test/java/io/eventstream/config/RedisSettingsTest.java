package io.eventstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

    private static RedisSettings settings(String url) {
        return new RedisSettings(url, "eventstream", Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://host,                        host,  6379, false, 0,  '',   ''",
        "redis://host/,                       host,  6379, false, 0,  '',   ''",
        "redis://host:6380/3,                 host,  6380, false, 3,  '',   ''",
        "rediss://host.example:6380/15,       host.example, 6380, true, 15, '', ''",
        "redis://[::1]:6380/1,                ::1,   6380, false, 1,  '',   ''",
        "redis://:secret@host,                host,  6379, false, 0,  '',   secret",
        "redis://ann:se:cret@host:1/2,        host,  1,    false, 2,  ann,  se:cret",
        "redis://ann%40x:p%2Fq%40r+%C3%BC@host, host,  6379, false, 0,  ann@x, p/q@r+ü",
        "' redis://host ',                    host,  6379, false, 0,  '',   ''",
    })
    void takesItsPartsFromTheUrl(
            String url, String host, int port, boolean tls, int database, String user, String password) {
        var settings = settings(url);

        assertThat(settings)
                .returns(host, RedisSettings::host)
                .returns(port, RedisSettings::port)
                .returns(tls, RedisSettings::tls)
                .returns(database, RedisSettings::database)
                .returns(user, RedisSettings::user)
                .returns(password, RedisSettings::password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host:6379",
                "http://host",
                "redis:host",
                "redis://",
                "redis:///0",
                "redis://host/x",
                "redis://host/0/1",
                "redis://host?db=1",
                "redis://host#1",
                "redis://secret@host",
                "redis://ho st",
                "redis://host:port",
                "redis://a:6379,b:6379"
            })
    void refusesOtherTextsWithoutShowingThem(String url) {
        assertThat(RedisSettings.isUrl(url)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(url))
                .withMessageContaining("redis://host:6379/0")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "{a}", "ä"})
    void refusesPrefixesThatWouldTearOurKeysApart(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedisSettings("redis://host", prefix, Duration.ofSeconds(1)));
    }

    @Test
    void refusesATimeoutThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RedisSettings("redis://host", "a", Duration.ZERO));
    }

    @Test
    void showsNoPassword() {
        assertThat(settings("rediss://ann:secret@host:1/2"))
                .hasToString("rediss://host:1/2 with keys eventstream, timeout PT2S");
    }
}
