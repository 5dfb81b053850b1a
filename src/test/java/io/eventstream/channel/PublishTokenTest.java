package io.eventstream.channel;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTokenTest {

    @Nested
    class WhereOneIsSet {

        private final PublishToken token = new PublishToken(config("eventstream.publish.token", "s3cret=="));

        @ParameterizedTest
        @ValueSource(strings = {"Bearer s3cret==", "bearer s3cret==", "BEARER   s3cret==  "})
        void isInTheHeader(String authorization) {
            assertThat(token.isIn(authorization)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "Bearer",
                    "Bearer ",
                    "Bearer S3CRET==",
                    "Bearer s3cret=",
                    "Bearer s3cret===",
                    "Bearers3cret==",
                    "s3cret==",
                    "Basic s3cret==",
                    " Bearer s3cret==",
                    "Bearer s3cret==, x"
                })
        void isNotInAnyOther(String authorization) {
            assertThat(token.isIn(authorization)).isFalse();
        }

        @Test
        void isNotGivenToTheConsole() {
            assertThat(token.forConsole()).isEmpty();
        }
    }

    @Nested
    class WhereNoneIsSet {

        private final PublishToken token = new PublishToken(config());

        @ParameterizedTest
        @ValueSource(strings = {"", "Bearer ", "Bearer x"})
        void isInNoHeader(String authorization) {
            assertThat(token.isIn(authorization)).isFalse();
        }
    }

    @Nested
    class InDevelopment {

        @Test
        void isMadeAtStartAndGivenToTheConsole() {
            var token = new PublishToken(config("eventstream.development", "true"));

            assertThat(token.forConsole()).matches("[-_A-Za-z0-9]{32}");
            assertThat(token.isIn("Bearer " + token.forConsole())).isTrue();
            assertThat(new PublishToken(config("eventstream.development", "true")).forConsole())
                    .isNotEqualTo(token.forConsole());
        }

        @Test
        void isTheOneThatIsSet() {
            var token =
                    new PublishToken(config("eventstream.development", "true", "eventstream.publish.token", "mine"));

            assertThat(token.forConsole()).isEqualTo("mine");
        }
    }
}
