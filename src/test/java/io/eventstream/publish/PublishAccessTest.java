package io.eventstream.publish;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.eventstream.channel.ChannelFixtures;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.HttpFixtures;
import io.eventstream.spi.ChannelManager;
import io.eventstream.spi.EventStreamUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishAccessTest {

    @Nested
    class AToken {

        private final PublishAccess access = access("eventstream.publish.token", "s3cret");

        @Test
        void isFoundInTheHeader() {
            assertThat(access.hasToken(FakeSenders.withToken("s3cret", null))).isTrue();
        }

        @Test
        void isNotFoundWhereItIsAnotherOrMissing() {
            assertThat(access.hasToken(FakeSenders.withToken("other", null))).isFalse();
            assertThat(access.hasToken(FakeSenders.ANONYMOUS)).isFalse();
        }
    }

    @Nested
    class WhoMayNot {

        private final PublishAccess access = access();

        @Test
        void isAskedToSignInWhenAnonymous() {
            assertThatExceptionOfType(PublishRefusedException.class)
                    .isThrownBy(() -> access.require("c", FakeSenders.ANONYMOUS))
                    .withMessage("Sign in, or send the header Authorization: Bearer with the token of"
                            + " eventstream.publish.token, to publish to the channel c")
                    .satisfies(refused -> assertThat(refused.status()).isEqualTo(401));
        }

        @Test
        void isToldWhoDecidesWhenSignedIn() {
            assertThatExceptionOfType(PublishRefusedException.class)
                    .isThrownBy(() -> access.require("c", FakeSenders.user("bob")))
                    .withMessage("The user bob may not publish to the channel c: ChannelManager.canPublish decides")
                    .satisfies(refused -> assertThat(refused.status()).isEqualTo(403));
        }
    }

    @Nested
    class WhoMay {

        private static final String TRUSTED = "https://trusted.example";

        private final PublishAccess access =
                access("eventstream.cors.allow-origins", TRUSTED, "eventstream.cors.allow-credentials", "true");

        @Test
        void publishesWithoutAPage() {
            assertThatNoException().isThrownBy(() -> access.require("c", FakeSenders.user("ann")));
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "none",
                value = {
                    "https://app.example, app.example",
                    "https://app.example:8443, app.example:8443",
                    "https://app.example, APP.example",
                    "http://[::1]:8080, [::1]:8080",
                    "https://trusted.example, app.example",
                    "https://trusted.example, none",
                })
        void publishesFromItsOwnPageAndATrustedOne(String origin, @Nullable String host) {
            assertThatNoException().isThrownBy(() -> access.require("c", FakeSenders.userOfPage("ann", origin, host)));
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "none",
                value = {
                    "https://evil.example, app.example",
                    "https://app.example:8443, app.example",
                    "https://app.example.evil.example, app.example",
                    "http://trusted.example, app.example",
                    "null, app.example",
                    "'not an origin', app.example",
                    "'', app.example",
                    "https://app.example, none",
                })
        void doesNotPublishFromAnyOther(String origin, @Nullable String host) {
            assertThatExceptionOfType(PublishRefusedException.class)
                    .isThrownBy(() -> access.require("c", FakeSenders.userOfPage("ann", origin, host)))
                    .withMessage("Pages of " + origin + " may not publish in a user's name; name the origin in"
                            + " eventstream.cors.allow-origins, with eventstream.cors.allow-credentials = true")
                    .satisfies(refused -> assertThat(refused.status()).isEqualTo(403));
        }

        @Test
        void doesNotPublishFromAPageThatMaySendNoCookies() {
            PublishAccess withoutCredentials = access("eventstream.cors.allow-origins", TRUSTED);

            assertThatExceptionOfType(PublishRefusedException.class)
                    .isThrownBy(() ->
                            withoutCredentials.require("c", FakeSenders.userOfPage("ann", TRUSTED, "app.example")));
        }
    }

    static PublishAccess access(String... keysAndValues) {
        EventStreamConfig config = config(keysAndValues);
        return new PublishAccess(
                ChannelFixtures.token(config),
                ChannelFixtures.access(config, new OnlyAnn()),
                HttpFixtures.cors(config));
    }

    private static final class OnlyAnn implements ChannelManager {

        @Override
        public boolean canPublish(EventStreamUser user, String channel) {
            return user.name().equals("ann") && channel.equals("c");
        }
    }
}
