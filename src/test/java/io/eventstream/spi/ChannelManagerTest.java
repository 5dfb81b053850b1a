package io.eventstream.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChannelManagerTest {

    private final EventStreamUser ann = new EventStreamUser("ann", Set.of("editor"), Set.of("news"));

    @Nested
    class WithDefaults {

        private final ChannelManager manager = new ChannelManager() {};

        @Test
        void takesTheChannelsOfTheRoute() {
            assertThat(manager.channels(request(Set.of("fixed"), "a"))).containsExactly("fixed");
        }

        @Test
        void takesThoseOfTheQueryInOrderWhereTheRouteNamesNone() {
            assertThat(manager.channels(request(Set.of(), "b", "a", "b"))).containsExactly("b", "a");
        }

        @Test
        void letsReadWhatIsGranted() {
            assertThat(manager.canRead(ann, "news")).isTrue();
            assertThat(manager.canRead(ann, "other")).isFalse();
        }

        @Test
        void letsNobodyPublish() {
            assertThat(manager.canPublish(ann, "news")).isFalse();
        }

        @Test
        void asksForNoHeaders() {
            assertThat(manager.requestHeaders()).isEmpty();
        }
    }

    @Nested
    class AUser {

        @Test
        void isAnonymousWithoutAName() {
            assertThat(EventStreamUser.ANONYMOUS.anonymous()).isTrue();
            assertThat(ann.anonymous()).isFalse();
        }

        @Test
        void isInTheRolesThatWereAskedFor() {
            assertThat(ann.isIn("editor")).isTrue();
            assertThat(ann.isIn("admin")).isFalse();
        }

        @Test
        void isACopy() {
            var roles = new HashSet<>(Set.of("editor"));
            var granted = new HashSet<>(Set.of("news"));
            var user = new EventStreamUser("ann", roles, granted);
            roles.add("admin");
            granted.add("secret");

            assertThat(user).isEqualTo(ann);
        }
    }

    private static StreamRequest request(Set<String> route, String... query) {
        return new StreamRequest(
                EventStreamUser.ANONYMOUS, route, Map.of(), Map.of("channel", List.of(query)), Map.of());
    }
}
