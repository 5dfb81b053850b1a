package io.eventstream.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventstream.api.EventChannels;
import io.eventstream.api.EventTypes;
import io.eventstream.subscribe.StreamRefusedException.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {

    @EventChannels({"object-{id}", "news"})
    @EventTypes({"message", "info"})
    private static class ObjectEvents extends EventStreamResource {}

    /** As a container's subclass of a resource looks. */
    private static final class ObjectEventsProxy extends ObjectEvents {}

    @Nested
    class OfAResource {

        @Test
        void hasWhatItsAnnotationsSay() {
            assertThat(Route.of(ObjectEvents.class))
                    .isEqualTo(new Route(List.of("object-{id}", "news"), Set.of("message", "info")));
        }

        @Test
        void hasThemBehindAProxyToo() {
            assertThat(Route.of(ObjectEventsProxy.class)).isEqualTo(Route.of(ObjectEvents.class));
        }

        @Test
        void namesNoChannelsAndTakesAllTypesWithoutThem() {
            Route route = Route.of(OpenEvents.class);

            assertThat(route.namesChannels()).isFalse();
            assertThat(route.types()).isEmpty();
        }
    }

    @Nested
    class ThatNamesChannels {

        @ParameterizedTest
        @CsvSource({
            "news, news",
            "object-{id}, object-7",
            "{id}, 7",
            "{id}{id}/{room}, 77/a b",
            "{user}-inbox, ann-inbox",
            "object-{}, object-empty",
            "price-{odd}, price-$1\\{id}",
            "{{id}, {7",
        })
        void fillsInParametersAndTheUser(String template, String channel) {
            var parameters = Map.of("id", "7", "room", "a b", "odd", "$1\\{id}", "", "empty", "user", "eve");

            assertThat(route(template).channels(parameters, "ann")).containsExactly(channel);
        }

        @Test
        void keepsTheOrderOfTheAnnotation() {
            assertThat(new Route(List.of("b", "a", "b"), Set.of()).channels(Map.of("channel", "c"), ""))
                    .containsExactly("b", "a");
        }

        @Test
        void isForbiddenToTheAnonymousWhereItWantsTheUser() {
            assertThatExceptionOfType(StreamRefusedException.class)
                    .isThrownBy(() -> route("inbox-{user}").channels(Map.of("user", "ann"), ""))
                    .withMessage("Permission denied to channels: inbox-{user}")
                    .satisfies(refused -> {
                        assertThat(refused.condition()).isEqualTo(Condition.FORBIDDEN);
                        assertThat(refused.channels()).containsExactly("inbox-{user}");
                    });
        }

        @Test
        void saysWhichParameterThePathLacks() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> route("object-{id}").channels(Map.of("nr", "7"), "ann"))
                    .withMessage(
                            "@EventChannels(\"object-{id}\") names {id}, but the path has only the parameters [nr];"
                                    + " add it to @Path");
        }

        private static Route route(String template) {
            return new Route(List.of(template), Set.of());
        }
    }

    @Nested
    class ThatNamesNone {

        private final Route route = new Route(List.of(), Set.of());

        @Test
        void takesThePathParameterChannelAsItIs() {
            assertThat(route.channels(Map.of("channel", "{id}", "id", "7"), "ann"))
                    .containsExactly("{id}");
        }

        @Test
        void leavesItToTheQueryWithoutOne() {
            assertThat(route.channels(Map.of("id", "7"), "ann")).isEmpty();
        }
    }
}
