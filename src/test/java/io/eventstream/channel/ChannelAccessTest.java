package io.eventstream.channel;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.spi.ChannelManager;
import io.eventstream.spi.EventStreamUser;
import io.eventstream.spi.StreamRequest;
import io.eventstream.testing.FakeInstance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChannelAccessTest {

    private final EventStreamUser ann = new EventStreamUser("ann", Set.of("editor"), Set.of());

    @Nested
    class WithoutAManagerOfTheApplication {

        private final ChannelAccess access =
                new ChannelAccess(FakeInstance.empty(), config("eventstream.open-channels", "news-*,weather"));

        @Test
        void grantsTheChannelsThatTheRouteNames() {
            EventStreamUser reader = access.granted(ann, Set.of("a", "b"), true);

            assertThat(access.canRead(reader, "a")).isTrue();
            assertThat(access.canRead(reader, "b")).isTrue();
            assertThat(access.canRead(reader, "c")).isFalse();
        }

        @Test
        void grantsOnOpenRoutesOnlyTheOpenChannels() {
            EventStreamUser reader = access.granted(ann, Set.of("news-1", "weather", "secret"), false);

            assertThat(reader).isEqualTo(new EventStreamUser("ann", Set.of("editor"), Set.of("news-1", "weather")));
        }

        @Test
        void grantsOnlyWhatWasAskedFor() {
            EventStreamUser reader = access.granted(ann, Set.of("weather"), false);

            assertThat(access.canRead(reader, "news-1")).isFalse();
        }

        @Test
        void grantsNobodyAnythingByDefault() {
            var closed = new ChannelAccess(FakeInstance.empty(), config());

            assertThat(closed.granted(ann, Set.of("a"), false).granted()).isEmpty();
            assertThat(closed.canRead(ann, "a")).isFalse();
        }

        @Test
        void letsNobodyPublish() {
            assertThat(access.canPublish(access.granted(ann, Set.of("weather"), false), "weather"))
                    .isFalse();
        }

        @Test
        void takesTheChannelsOfTheRequest() {
            assertThat(access.channels(request())).containsExactly("a", "b");
            assertThat(access.requestHeaders()).isEmpty();
        }
    }

    @Nested
    class WithAManagerOfTheApplication {

        private final ChannelAccess access =
                new ChannelAccess(FakeInstance.of(new OnlyEditors()), config("eventstream.open-channels", "*"));

        @Test
        void leavesEveryDecisionToIt() {
            assertThat(access.canRead(ann, "secret")).isTrue();
            assertThat(access.canPublish(ann, "secret")).isTrue();
            assertThat(access.channels(request())).containsExactly("chosen");
            assertThat(access.requestHeaders()).containsExactly("X-Tenant");
        }

        @Test
        void doesNotReadWhatItForbidsThoughItIsGranted() {
            EventStreamUser reader = access.granted(EventStreamUser.ANONYMOUS, Set.of("news"), true);

            assertThat(reader.granted()).containsExactly("news");
            assertThat(access.canRead(reader, "news")).isFalse();
        }
    }

    private static final class OnlyEditors implements ChannelManager {

        @Override
        public Set<String> channels(StreamRequest request) {
            return Set.of("chosen");
        }

        @Override
        public boolean canRead(EventStreamUser user, String channel) {
            return user.isIn("editor");
        }

        @Override
        public boolean canPublish(EventStreamUser user, String channel) {
            return user.isIn("editor");
        }

        @Override
        public Set<String> requestHeaders() {
            return Set.of("X-Tenant");
        }
    }

    private static StreamRequest request() {
        return new StreamRequest(
                EventStreamUser.ANONYMOUS, Set.of(), Map.of(), Map.of("channel", List.of("a", "b")), Map.of());
    }

    @Test
    void keepsTheChannelsOfPermissionsAndPresenceForItself() {
        var access = new ChannelAccess(
                FakeInstance.of(new ChannelManager() {
                    @Override
                    public boolean canRead(EventStreamUser user, String channel) {
                        return true;
                    }

                    @Override
                    public boolean canPublish(EventStreamUser user, String channel) {
                        return true;
                    }

                    @Override
                    public boolean isReliable(String channel) {
                        return false;
                    }
                }),
                config("eventstream.storage", "jpa"));

        assertThat(List.of(PermissionEvents.CHANNEL, PresenceEvents.CHANNEL)).allSatisfy(ours -> {
            assertThat(access.canRead(ann, ours)).isFalse();
            assertThat(access.canPublish(ann, ours)).isFalse();
            assertThat(access.isReliable(ours)).isTrue();
        });
        assertThat(access.canRead(ann, "a")).isTrue();
    }
}
