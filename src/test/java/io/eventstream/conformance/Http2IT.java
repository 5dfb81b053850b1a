package io.eventstream.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.CountingForwarder;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.Places;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same streams over HTTP/2 without TLS, where several share a connection. */
@ContainerTest
class Http2IT {

    private static final int PLACES = 7;
    private static final int LOAD = 450;
    private static final int SIZE = 64 * 1024;

    private final Container container;
    private Deployed application;
    private Control control;
    private CountingForwarder forwarder;
    private HttpClient client;

    Http2IT(Container container) {
        this.container = container;
    }

    @BeforeEach
    void start() {
        application = container.deploy(TestWars.of("http2")
                .with("eventstream.publish.token", "t")
                .with("eventstream.max-subscribers", Integer.toString(PLACES))
                .with("eventstream.keep-alive", "PT1S")
                .with("eventstream.tail.bytes", "67108864")
                .archive());
        control = new Control(application.base());
        forwarder = new CountingForwarder(application.base());
        client = HttpClient.newBuilder().version(Version.HTTP_2).build();
    }

    @AfterEach
    void stop() {
        forwarder.close();
        control.close();
        application.close();
    }

    private Http2Stream open(String channel) {
        return Http2Stream.open(client, URI.create(forwarder.base() + "/events?channel=" + channel));
    }

    @Test
    void aStreamBeginsAsOverHttp1AndGetsItsEvents() throws Exception {
        Http2Stream stream = open("h");
        assertThat(stream.head().version()).isEqualTo(Version.HTTP_2);
        assertThat(stream.head().statusCode()).isEqualTo(200);
        assertThat(stream.head().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/event-stream");
        assertThat(stream.head().headers().firstValue("Cache-Control")).contains("no-cache, no-transform");

        HttpResponse<String> published = client.send(
                HttpRequest.newBuilder(URI.create(forwarder.base() + "/events/h"))
                        .header("Authorization", "Bearer t")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"text\":\"over HTTP/2\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(published.statusCode()).isEqualTo(200);
        assertThat(published.version()).isEqualTo(Version.HTTP_2);
        await().untilAsserted(() ->
                assertThat(stream.events()).containsExactly(new Event("message", "{\"text\":\"over HTTP/2\"}", "")));
        assertThat(stream.end()).isEmpty();
        assertThat(forwarder.connections()).isEqualTo(1);
    }

    @Test
    void streamsThatShareAConnectionGetTheirOwnEvents() {
        List<Http2Stream> streams = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            streams.add(open("h" + i));
        }
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < PLACES; i++) {
                control.send("h" + i, 10 * i + round);
            }
        }

        for (int i = 0; i < PLACES; i++) {
            Http2Stream stream = streams.get(i);
            int first = 10 * i;
            await().until(() -> stream.events().size() == 3);
            assertThat(stream.events())
                    .extracting(event -> Integer.parseInt(event.data()))
                    .containsExactly(first, first + 1, first + 2);
        }
        assertThat(forwarder.connections()).isEqualTo(1);
    }

    @Test
    void aStreamThatTheClientCancelsIsFoundOutWithinThreeKeepAlives() {
        List<Http2Stream> cancelled = new ArrayList<>();
        for (int i = 0; i < PLACES - 1; i++) {
            cancelled.add(open("h"));
        }
        // The witness is the youngest, so that its keep-alives come after those of the others.
        try (var witness = RawHttp.get(application.base(), "/events?channel=h").awaitOpen();
                var newcomers = new Places(application.base(), "/events?channel=h")) {
            assertThat(newcomers.take()).isZero();
            witness.await("a keep-alive", () -> witness.keepAlives() > 0);
            int before = witness.keepAlives();
            cancelled.forEach(Http2Stream::cancel);

            await("a place for each newcomer").until(() -> {
                witness.readFor(Duration.ofMillis(20));
                return newcomers.take() == PLACES - 1;
            });
            assertThat(witness.keepAlives() - before).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void aStreamThatTheClientCancelsLeavesTheOthersOfItsConnectionAlone() {
        Http2Stream cancelled = open("h");
        Http2Stream other = open("h");
        cancelled.cancel();
        control.send("h", 1);
        if (container.cancelledStreamEndsItsConnection()) {
            await("the end of the connection").until(() -> !other.end().isEmpty());
            return;
        }
        await("three keep-alives").until(() -> other.count("keep-alive") >= 3);

        assertThat(other.end()).isEmpty();
        assertThat(other.events()).hasSize(1);
        assertThat(forwarder.connections()).isEqualTo(1);
    }

    @Test
    void aStreamThatIsNotReadHoldsUpNoOtherOfItsConnection() {
        Http2Stream slow = open("load");
        Http2Stream other = open("load");
        slow.stopReading();
        control.load("load", LOAD, "&perSecond=150&size=" + SIZE);

        await("all events").until(() -> other.events().size() == LOAD);
        assertThat(other.events())
                .extracting(event -> Integer.parseInt(event.data().split(" ")[0]))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, LOAD).boxed().toList());
        assertThat(slow.events().size()).isLessThan(LOAD);
        assertThat(slow.end()).isEmpty();
        slow.goOnReading();
        await("the rest").until(() -> slow.events().size() == LOAD);
        assertThat(forwarder.connections()).isEqualTo(1);
    }
}
