package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.RedisWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.SseParser.Event;
import io.eventstream.testing.Wars;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two applications in one server, which are two nodes: they share nothing but Redis. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class TwoNodesIT {

    private static final String LAST = "the last one";

    private final Container container;
    private final RedisServer redis;
    private Deployed first;
    private Deployed second;
    private Control control;

    TwoNodesIT(Container container, RedisServer server) {
        this.container = container;
        this.redis = server;
    }

    private Deployed node(String name, String storage, String transport, String poll) {
        Wars war = TestWars.of(name)
                .with("eventstream.storage", storage)
                .with("eventstream.transport", transport)
                .with("eventstream.storage.poll", poll)
                .with("eventstream.redis.url", redis.url(7));
        return container.deploy(RedisWars.withJedis(war));
    }

    private void deploy(String storage, String transport, String poll) {
        first = node("node-1", storage, transport, poll);
        second = node("node-2", storage, transport, poll);
        control = new Control(first.base());
        if (transport.equals("redis")) {
            // They may be connected later than their deployment ends.
            await().until(() -> redis.lines("CLIENT", "LIST", "TYPE", "pubsub").size() == 2);
        }
    }

    @AfterEach
    void undeploy() {
        control.close();
        second.close();
        first.close();
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

    @Test
    void hearEachOtherByRedisAndShareWhatIsStoredThere() {
        deploy("redis", "redis", "PT1H");
        try (var far = listen(second, "a");
                var live = listen(second, "unrel");
                var denied = listen(second, "b")) {
            control.sendRaw("unrel", "message", LAST);
            assertThat(messages(live)).containsExactly(LAST);
            for (int i = 0; i < 20; i++) {
                control.send("a", i);
            }
            control.sendRaw("a", "message", LAST);
            assertThat(messages(far)).hasSize(21).startsWith("0", "1", "2").endsWith("19", LAST);

            try (var other = new Control(second.base())) {
                other.post("deny", "{\"user\":\"anonymous\",\"channel\":\"b\"}");
            }
            control.post("kick", "{\"user\":\"anonymous\",\"channel\":\"b\"}");
            assertThat(denied.awaitEnd().text()).contains("\"condition\":\"forbidden\"");
        }
    }

    @Test
    void meetInTheStorageWithoutATransport() {
        deploy("redis", "local", "PT0.1S");
        try (var far = listen(second, "c");
                var denied = listen(second, "d")) {
            control.send("c", 1);
            control.sendRaw("c", "message", LAST);
            assertThat(messages(far)).containsExactly("1", LAST);

            try (var other = new Control(second.base())) {
                other.post("deny", "{\"user\":\"anonymous\",\"channel\":\"d\"}");
            }
            control.post("kick", "{\"user\":\"anonymous\",\"channel\":\"d\"}");
            assertThat(denied.awaitEnd().text()).contains("\"condition\":\"forbidden\"");
        }
    }

    @Test
    void goOnWithAClientThatComesFromTheOther() {
        deploy("redis", "redis", "PT1H");
        String id;
        try (var near = listen(first, "e")) {
            control.send("e", 1);
            id = near.awaitEvents(1).events().get(0).lastEventId();
        }
        control.send("e", 2);
        control.sendRaw("e", "message", LAST);
        try (var again = listen(second, "e", "Last-Event-ID", id)) {
            assertThat(messages(again)).containsExactly("2", LAST);
        }
    }

    @Test
    void hearEachOtherWhereNothingIsStored() {
        deploy("none", "redis", "PT2S");
        try (var far = listen(second, "f");
                var denied = listen(second, "g")) {
            control.sendRaw("f", "message", LAST);
            assertThat(messages(far)).containsExactly(LAST);
            try (var other = new Control(second.base())) {
                other.post("deny", "{\"user\":\"anonymous\",\"channel\":\"g\"}");
            }
            control.post("kick", "{\"user\":\"anonymous\",\"channel\":\"g\"}");
            assertThat(denied.awaitEnd().text()).contains("\"condition\":\"forbidden\"");
        }
    }
}
