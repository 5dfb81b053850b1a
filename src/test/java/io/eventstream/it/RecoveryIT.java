package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.LastEventId;
import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clients of reliable channels that come back, in a server. What the reference does wrong there, ours does right. */
@ContainerTest
class RecoveryIT {

    private final Container container;
    private final URI base;
    private Control control;

    RecoveryIT(Container container) {
        this.container = container;
        this.base = container.shared(TestWars.withStorage("app-jpa")).base();
    }

    @BeforeEach
    void start() {
        control = new Control(base);
        control.reset();
        control.clearStorage();
    }

    @AfterEach
    void stop() {
        control.clearStorage();
        control.close();
    }

    private static List<String> ids(RawHttp client) {
        return client.events().stream()
                .filter(event -> !event.type().equals("stream-open"))
                .map(Event::lastEventId)
                .toList();
    }

    private static List<String> ids(String before, int from, int to, String after) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> before + i + after).toList();
    }

    /** {@return a channel's numbers in the ids from where it was, each change once} */
    private static List<Integer> numbersAfter(int position, String channel, RawHttp client) {
        List<Integer> numbers = new ArrayList<>();
        int last = position;
        for (String id : ids(client)) {
            int number = Integer.parseInt(LastEventId.parse(id).positions().get(channel));
            if (number != last) {
                numbers.add(number);
                last = number;
            }
        }
        return numbers;
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    private void send(String channel, int count) {
        for (int i = 0; i < count; i++) {
            control.send(channel, i);
        }
    }

    @Nested
    class AClient {

        @Test
        void getsEachEventOfSeveralChannelsOnceHoweverManyPagesOneOfThemHas() {
            send("big", 220);
            send("c1", 3);
            try (var client = RawHttp.get(base, "/events?channel=big&channel=c1", "Last-Event-ID", "big:0,c1:1")) {
                client.awaitOpen().awaitEvents(222).readFor(Duration.ofMillis(300));

                assertThat(numbersAfter(0, "big", client)).isEqualTo(numbers(1, 220));
                assertThat(numbersAfter(1, "c1", client)).isEqualTo(numbers(2, 3));
            }
        }

        @Test
        void whoseIdIsNoNumberIsTold() {
            send("c1", 3);
            try (var client = RawHttp.get(base, "/events?channel=c1", "Last-Event-ID", "c1:abc")) {
                client.awaitEvents(1);

                assertThat(client.events())
                        .containsExactly(new Event("stream-reset", "{\"channels\":[\"c1\"]}", "c1:3"));
            }
        }

        @Test
        void withATokenOfAProxyThatIsGarbageHasAStreamAndNoServerError() {
            try (var client =
                    RawHttp.get(base, "/events?channel=c1&es-meta=abc").awaitOpen()) {
                control.send("c1", "one");
                client.awaitEvents(1);

                assertThat(client.status()).isEqualTo(200);
            }
        }

        @Test
        void neverSeesWhatWasRolledBack() {
            send("r", 1);
            try (var live = RawHttp.get(base, "/events?channel=r").awaitOpen();
                    var late = RawHttp.connect(base)) {
                control.post("rolled_back_send", "{\"channel\":\"r\",\"data\":\"ghost\"}");
                control.send("r", "two");
                live.awaitEvents(1);
                late.request("GET", "/events?channel=r&lastEventId=r:1", Map.of(), "")
                        .awaitEvents(1);

                assertThat(live.events()).containsExactly(new Event("message", "\"two\"", "r:2"));
                assertThat(late.events()).containsExactly(new Event("message", "\"two\"", "r:2"));
            }
        }

        @Test
        void isToldThatWhatItMissedIsPurgedWithoutWaitingForASend() {
            send("h1", 2);
            control.age("{\"channel\":\"h1\",\"max_id\":99,\"minutes\":4320}");
            try (var client = RawHttp.get(base, "/events?channel=h1", "Last-Event-ID", "h1:0")) {
                client.awaitEvents(1);

                assertThat(client.events())
                        .containsExactly(new Event("stream-reset", "{\"channels\":[\"h1\"]}", "h1:2"));
            }
        }

        @Test
        void canBeginWithTheOldestEventOrAtATime() {
            send("c1", 2);
            Instant between = Instant.now();
            send("c1", 2);
            try (var all = RawHttp.get(base, "/events?channel=c1&lastEventId=earliest");
                    var since = RawHttp.get(base, "/events?channel=c1&since=" + between);
                    var wrong = RawHttp.get(base, "/events?channel=c1&since=yesterday")) {
                assertThat(ids(all.awaitEvents(4))).isEqualTo(ids("c1:", 1, 4, ""));
                assertThat(ids(since.awaitEvents(2))).isEqualTo(ids("c1:", 3, 4, ""));
                assertThat(wrong.awaitEnd().text()).contains("Failed to parse since");
            }
        }
    }

    @Test
    void aThousandClientsThatComeBackAtOnceAllGetWhatTheyMissed() {
        send("c1", 100);
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                clients.add(RawHttp.connect(base)
                        .request("GET", "/events?channel=c1", Map.of("Last-Event-ID", "c1:0"), ""));
            }
            for (RawHttp client : clients) {
                assertThat(ids(client.awaitEvents(100))).isEqualTo(ids("c1:", 1, 100, ""));
            }
        } finally {
            clients.forEach(RawHttp::close);
        }
    }

    @Test
    void aRedeploymentLosesNothing() {
        try (var before = container.deploy(TestWars.withStorage("app-again").archive());
                var sender = new Control(before.base());
                var client = RawHttp.get(before.base(), "/events?channel=again").awaitOpen()) {
            sender.send("again", 1);
            assertThat(ids(client.awaitEvents(1))).containsExactly("again:1");
            sender.send("again", 2);
        }
        try (var after = container.deploy(TestWars.withStorage("app-again").archive());
                var sender = new Control(after.base());
                var client = RawHttp.get(after.base(), "/events?channel=again", "Last-Event-ID", "again:1")
                        .awaitOpen()) {
            sender.send("again", 3);

            assertThat(ids(client.awaitEvents(2))).containsExactly("again:2", "again:3");
            sender.endStreams();
        }
    }
}
