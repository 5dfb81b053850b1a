package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.RawHttp;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data is written by the application's own JSON-B, however it offers it. */
@ContainerTest
class ApplicationsJsonbIT {

    private final Container container;

    ApplicationsJsonbIT(Container container) {
        this.container = container;
    }

    @ParameterizedTest
    @ValueSource(classes = {JsonbBean.class, JsonbResolver.class})
    void isUsed(Class<?> source) {
        String name = "json-" + source.getSimpleName().toLowerCase();
        try (var application = container.deploy(TestWars.of(name).with(source).archive());
                var control = new Control(application.base());
                var client =
                        RawHttp.get(application.base(), "/events?channel=j").awaitOpen()) {
            control.send("j", Map.of("a", 1));

            assertThat(client.awaitEvents(1).events().get(0).data())
                    .contains("\n")
                    .contains("\"a\": 1");
        }
    }
}
