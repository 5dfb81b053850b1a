package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.BlockingFilter;
import io.eventstream.testapp.CompleteApplication;
import io.eventstream.testapp.IncompleteApplication;
import io.eventstream.testapp.TestApplication;
import io.eventstream.testapp.TestRoutes;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.Wars;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applications whose streams cannot be served are told so, once, with what to do. */
@ContainerTest
class ApplicationsIT {

    private final Container container;
    private final long logEnd;

    ApplicationsIT(Container container) {
        this.container = container;
        this.logEnd = container.log().end();
    }

    @Test
    void routesWithoutAnApplicationAreAWarningThatSaysWhatToAdd() {
        try (Deployed deployed = deploy(Wars.of("no-application", TestRoutes.class))) {
            assertThat(status(deployed.base(), "/events/fixed")).isEqualTo(404);
        }

        assertThat(told("There is no JAX-RS Application"))
                .singleElement()
                .asString()
                .contains("WARN", TestRoutes.Fixed.class.getName(), "@ApplicationPath(\"api\")");
    }

    @Test
    void anApplicationThatOnlySendsIsNotWarned() {
        deploy(Wars.of("only-sends", SendingBean.class)).close();

        assertThat(told("There is no JAX-RS Application")).isEmpty();
        assertThat(told("EventStream serves no stream"))
                .singleElement()
                .asString()
                .doesNotContain("WARN");
    }

    @Test
    void anApplicationThatListsItsClassesIsToldWhichAreMissing() {
        try (Deployed deployed = deploy(Wars.of("incomplete", TestRoutes.class).with(IncompleteApplication.class))) {
            assertThat(status(deployed.base(), "/typed/events")).isEqualTo(404);
        }

        assertThat(told("lists its classes"))
                .singleElement()
                .asString()
                .contains("WARN", IncompleteApplication.class.getName())
                .contains(TestRoutes.Typed.class.getName(), "io.eventstream.sse.ProvidersFeature")
                .doesNotContain(TestRoutes.Fixed.class.getName() + ",");
    }

    @Test
    void anApplicationThatListsEverythingStreamsAndIsToldNothing() {
        try (Deployed deployed = deploy(Wars.of("complete", TestRoutes.class).with(CompleteApplication.class));
                RawHttp stream = RawHttp.get(deployed.base(), "/events/fixed")) {
            stream.awaitOpen();
        }

        assertThat(told("lists its classes")).isEmpty();
    }

    @Test
    void anApplicationThatListsNothingIsToldNothing() {
        try (Deployed deployed =
                        deploy(Wars.of("lists-nothing", TestRoutes.class).with(TestApplication.class));
                RawHttp stream = RawHttp.get(deployed.base(), "/events/fixed")) {
            stream.awaitOpen();
        }

        assertThat(told("JAX-RS Application")).isEmpty();
        assertThat(told("lists its classes")).isEmpty();
    }

    @Test
    void aFilterThatIsNotAsynchronousIsNamedInOneErrorHoweverManyRequestsFail() {
        try (Deployed deployed = deploy(
                Wars.of("blocking-filter", TestRoutes.class).with(TestApplication.class, BlockingFilter.class))) {
            assertThat(status(deployed.base(), "/events/fixed")).isEqualTo(500);
            assertThat(status(deployed.base(), "/events/fixed")).isEqualTo(500);
            assertThat(container.log().problemsSince(logEnd)).allMatch(entry -> entry.contains("asyncSupported"));
        }

        assertThat(told("asyncSupported"))
                .singleElement()
                .asString()
                .contains("tracing", BlockingFilter.class.getName());
    }

    private Deployed deploy(Wars war) {
        return container.deploy(war.archive());
    }

    private List<String> told(String text) {
        return container.log().since(logEnd).stream()
                .filter(entry -> entry.contains(text))
                .toList();
    }

    private static int status(URI base, String path) {
        try (RawHttp answer = RawHttp.get(base, path)) {
            return answer.status();
        }
    }
}
