package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.Nightly;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.Wars;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** An application that was deployed, used and undeployed is forgotten: its class loader is collected. */
@ContainerTest
@Isolated
class RedeployIT {

    /** As many as WildFly has for requests on this machine, and no fewer than others have. */
    private static final int THREADS = Math.max(32, 16 * Runtime.getRuntime().availableProcessors());

    private static final Wars APPLICATION = redeployed(TestWars.of("redeployed"));
    private static final Wars STORING = redeployed(TestWars.withStorage("redeployed-storing"));

    private final Container container;

    RedeployIT(Container container) {
        this.container = container;
    }

    private static Wars redeployed(Wars war) {
        return war.with(SinkResource.class, RedeployedResource.class).with("eventstream.console", "true");
    }

    @Test
    void twiceLeavesNoClassLoader() {
        leavesNoClassLoader(APPLICATION, 2);
    }

    @Test
    void twiceWithStorageLeavesNoClassLoader() {
        leavesNoClassLoader(STORING, 2);
    }

    @Nightly
    @Test
    void tenTimesLeavesNoClassLoader() {
        leavesNoClassLoader(APPLICATION, 10);
    }

    private void leavesNoClassLoader(Wars war, int times) {
        // A thread of WildFly's pool keeps the first task that it had: not one of the application that is to be
        // forgotten.
        giveThreadsAnotherRequest();
        long before = loaders();
        for (int i = 0; i < times; i++) {
            Deployed application = container.deploy(war.archive());
            try (var stream = RawHttp.get(application.base(), "/events?channel=one")
                            .awaitOpen();
                    var sink = RawHttp.get(application.base(), "/sinks", "Accept", "text/event-stream")
                            .awaitText("hello")) {
                use(application.base(), stream, sink);
                assertThat(loaders()).isPositive();
                application.close();
                stream.awaitEnd();
                sink.awaitEnd();
            }
        }
        await("their class loaders are collected")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    giveThreadsAnotherRequest();
                    assertThat(loaders()).isLessThanOrEqualTo(before);
                });
    }

    /**
     * A server may also keep what belongs to the last request of a thread until that thread has another. All at once, since
     * otherwise a few threads would do them all.
     */
    private void giveThreadsAnotherRequest() {
        URI other = container.shared(TestWars.of("app")).base();
        UUID name = UUID.randomUUID();
        List<RawHttp> requests = Stream.generate(
                        () -> RawHttp.ask(other, "POST", "/gathering?name=" + name + "&count=" + THREADS))
                .limit(THREADS)
                .toList();
        requests.forEach(request -> request.awaitHead().close());
    }

    private long loaders() {
        return container.jvm().loadersOf(RedeployedResource.class.getName());
    }

    /** All that keeps something, or has something of the server kept. */
    private static void use(URI base, RawHttp stream, RawHttp sink) {
        try (var control = new Control(base)) {
            control.load("one", 50, "");
            control.post("rolled_back_send", "{\"channel\":\"one\",\"data\":1}");
            control.post("kick", "{\"user\":\"1\",\"channel\":\"one\"}");
        }
        stream.awaitEvents(50);
        sink.awaitEvents(50);
        page(base, "/events?channel=one", "Accept", "text/html");
        page(base, "/redeployed");
        page(base.resolve("/"), "health");
    }

    private static void page(URI base, String path, String... headers) {
        try (var page = RawHttp.get(base, path, headers)) {
            assertThat(page.awaitEnd().status()).isLessThan(500);
        }
    }
}
