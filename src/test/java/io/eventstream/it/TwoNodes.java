package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Two test applications in one server, which are two nodes: what happens on the first is seen on the second. One thread. */
final class TwoNodes implements AutoCloseable {

    /** WildFly has one of that name and makes no others, Open Liberty's configuration has it, and Payara's broker makes it. */
    static final String QUEUE = "ExpiryQueue";

    private static final String LAST = "the last one";
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Deployed first;
    private final Deployed second;
    private final Control control;

    /** Deploys both, each made with its name. */
    TwoNodes(Function<WebArchive, Deployed> server, Function<String, WebArchive> node) {
        first = server.apply(node.apply("node-1"));
        second = deploySecond(server, node, first);
        control = new Control(first.base());
    }

    private static Deployed deploySecond(
            Function<WebArchive, Deployed> server, Function<String, WebArchive> node, Deployed first) {
        try {
            return server.apply(node.apply("node-2"));
        } catch (RuntimeException e) {
            // Or it would stay in the way of the tests that come after, since nobody could close it.
            first.close();
            throw e;
        }
    }

    /** Waits until they are connected, by a channel that nothing else brings from one to the other; they may be later. */
    TwoNodes awaitMet() {
        try (var far = listen("unrel-met")) {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        control.sendRaw("unrel-met", "message", LAST);
                        return far.readFor(LOOK).text().contains(LAST);
                    });
        }
        return this;
    }

    private RawHttp listen(String channel) {
        return listen(second, channel);
    }

    private static RawHttp listen(Deployed node, String channel, String... headers) {
        return RawHttp.get(node.base(), "/events?channel=" + channel, headers).awaitOpen();
    }

    private static List<String> messages(RawHttp client) {
        return client.awaitText(LAST).events().stream()
                .filter(event -> event.type().equals("message"))
                .map(Event::data)
                .toList();
    }

    void assertThatEventsCross(String channel) {
        try (var far = listen(channel)) {
            for (int i = 0; i < 20; i++) {
                control.send(channel, i);
            }
            control.sendRaw(channel, "message", LAST);

            assertThat(messages(far)).hasSize(21).startsWith("0", "1", "2").endsWith("19", LAST);
        }
    }

    /** One of them has {@link QueueResource}, and reads {@link #QUEUE}. */
    void assertThatTheQueueIsRead(String channel) {
        try (var far = listen(channel);
                var program = RawHttp.connect(second.base())) {
            program.request("POST", "/queue?queue=" + QUEUE + "&count=20&last=last&channel=" + channel, Map.of(), "")
                    .awaitEnd();
            assertThat(program.status()).as(program.text()).isEqualTo(204);

            List<Event> events = far.awaitText("data: last\n\n").events().stream()
                    .filter(event -> event.type().equals("message"))
                    .toList();
            assertThat(events)
                    .hasSize(21)
                    .extracting(Event::data)
                    .startsWith("0", "1", "2")
                    .endsWith("19", "last");
        }
    }

    void assertThatPermissionsCross(String channel) {
        String denial = "{\"user\":\"anonymous\",\"channel\":\"" + channel + "\"}";
        try (var denied = listen(channel);
                var other = new Control(second.base())) {
            other.post("deny", denial);
            control.post("kick", denial);

            assertThat(denied.awaitEnd().text()).contains("\"condition\":\"forbidden\"");
        }
    }

    void assertThatAClientMayChangeTheNode(String channel) {
        String id;
        try (var near = listen(first, channel)) {
            control.send(channel, 1);
            id = near.awaitEvents(1).events().get(0).lastEventId();
        }
        control.send(channel, 2);
        control.sendRaw(channel, "message", LAST);
        try (var again = listen(second, channel, "Last-Event-ID", id)) {
            assertThat(messages(again)).containsExactly("2", LAST);
        }
    }

    @Override
    public void close() {
        control.close();
        second.close();
        first.close();
    }
}
