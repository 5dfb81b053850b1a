package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.DeploymentRefusedException;
import io.eventstream.testing.Hub;
import io.eventstream.testing.RawHttp;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** MicroProfile Health where the server has it; elsewhere everything but that. */
@ContainerTest
class HealthIT {

    private static final String READINESS = "eventstream";
    private static final String LIVENESS = "eventstream-dispatcher";
    private static final String WHAT_IT_TELLS = "EventStream's optional parts: ";

    private final Container container;

    HealthIT(Container container) {
        this.container = container;
    }

    @Test
    void theHubTellsInOneLineWhatItChoseAndNothingFails() {
        long logEnd = container.log().end();
        try (Deployed hub = container.deploy(Hub.war("parts", Map.of()));
                RawHttp stream = RawHttp.get(hub.base(), "/events?channel=a")) {
            stream.awaitOpen();

            assertThat(told(logEnd))
                    .singleElement()
                    .asString()
                    .contains(
                            container.hasHealth()
                                    ? "health checks added (eventstream.health = auto, and the server has MicroProfile Health)"
                                    : "health checks left out (eventstream.health = auto, and the server does not have"
                                            + " MicroProfile Health)");
            assertThat(container.log().problemsSince(logEnd)).isEmpty();
        }
    }

    @Test
    void readinessIsDownWhileThereIsNoRoomForMoreSubscribers() {
        // The limit tells its answer from those of the other applications on the server.
        var limited = TestWars.of("limited").with("eventstream.max-subscribers", "2");
        try (Deployed application = container.deploy(limited.archive())) {
            URI base = application.base();
            if (!container.hasHealth()) {
                assertThat(checks(base, "/health/ready")).isEmpty();
                return;
            }
            awaitReadiness(base, "UP", 0, 0);
            try (RawHttp first = RawHttp.get(base, "/events/fixed").awaitOpen()) {
                awaitReadiness(base, "UP", 1, 1);
                try (RawHttp second = RawHttp.get(base, "/events/fixed2").awaitOpen()) {
                    awaitReadiness(base, "DOWN", 2, 2);
                    assertThat(status(base, "/health/ready")).isEqualTo(503);
                    assertThat(List.of(first.ended(), second.ended())).containsOnly(false);
                }
            }
        }
    }

    @Test
    void livenessIsUp() {
        try (Deployed application = container.deploy(TestWars.of("live").archive())) {
            if (!container.hasHealth()) {
                assertThat(status(application.base(), "/health/live")).isEqualTo(404);
                return;
            }
            assertThat(checks(application.base(), "/health/live"))
                    .filteredOn(check -> check.getString("name").equals(LIVENESS))
                    .isNotEmpty()
                    .allMatch(check -> check.getString("status").equals("UP"));
            assertThat(checks(application.base(), "/health"))
                    .extracting(check -> check.getString("name"))
                    .contains(READINESS, LIVENESS);
        }
    }

    @Test
    void itIsLeftOutWhenItIsNotWanted() {
        long logEnd = container.log().end();
        var unwanted =
                TestWars.of("unwanted").with("eventstream.health", "false").with("eventstream.max-subscribers", "3");
        try (Deployed application = container.deploy(unwanted.archive())) {
            assertThat(checks(application.base(), "/health")).noneMatch(check -> limit(check) == 3);
        }

        assertThat(told(logEnd)).singleElement().asString().contains("left out (eventstream.health = false)");
    }

    @Test
    void itStopsTheDeploymentWhereItIsAskedForAndTheServerLacksIt() {
        var wanted = TestWars.of("wanted").with("eventstream.health", "true");
        if (container.hasHealth()) {
            try (Deployed application = container.deploy(wanted.archive())) {
                assertThat(status(application.base(), "/health/ready")).isEqualTo(200);
            }
            return;
        }
        long logEnd = container.log().end();
        String answer = "";
        try {
            container.deploy(wanted.archive()).close();
        } catch (DeploymentRefusedException e) {
            answer = e.getMessage();
        }
        assertThat(answer).as("the refusal").isNotEmpty();
        assertThat(answer + String.join("\n", container.log().since(logEnd)))
                .contains("eventstream.health = true: the server does not have MicroProfile Health")
                .contains("set auto or false");
    }

    private List<String> told(long logEnd) {
        return container.log().since(logEnd).stream()
                .filter(entry -> entry.contains(WHAT_IT_TELLS))
                .toList();
    }

    /** Some servers answer before they know of an application that they have just started. */
    private static void awaitReadiness(URI base, String status, int subscribers, int channels) {
        await().untilAsserted(() -> assertThat(checks(base, "/health/ready"))
                .filteredOn(check -> limit(check) == 2)
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.getString("name")).isEqualTo(READINESS);
                    assertThat(check.getString("status")).isEqualTo(status);
                    assertThat(number(check, "subscribers")).isEqualTo(subscribers);
                    assertThat(number(check, "channels")).isEqualTo(channels);
                }));
    }

    private static int limit(JsonObject check) {
        JsonObject data = check.getJsonObject("data");
        return data != null && data.containsKey("max-subscribers") ? number(check, "max-subscribers") : 0;
    }

    /** Payara writes numbers as texts. */
    private static int number(JsonObject check, String name) {
        return Integer.parseInt(check.getJsonObject("data").get(name).toString().replace("\"", ""));
    }

    private static int status(URI base, String path) {
        return get(base, path).statusCode();
    }

    private static List<JsonObject> checks(URI base, String path) {
        HttpResponse<String> answer = get(base, path);
        if (answer.statusCode() == 404) {
            return List.of();
        }
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject().getJsonArray("checks").getValuesAs(JsonObject.class);
        }
    }

    /** Of the server, not below the application. */
    private static HttpResponse<String> get(URI base, String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
