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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who listens, in two applications that are two nodes. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class PresenceIT {

    private final Container container;
    private final RedisServer redis;

    PresenceIT(Container container, RedisServer server) {
        this.container = container;
        this.redis = server;
    }

    private Deployed node(String name) {
        return container.deploy(RedisWars.withJedis(TestWars.of(name)
                .with(PresenceObserver.class)
                .with("eventstream.transport", "redis")
                .with("eventstream.redis.url", redis.url(8))
                .with("eventstream.presence", "users")
                .with("eventstream.keep-alive", "PT0.2S")));
    }

    private Deployed storing(String name) {
        return container.deploy(TestWars.withStorage(name)
                .with("eventstream.presence", "users")
                .with("eventstream.keep-alive", "PT0.2S")
                .archive());
    }

    private static RawHttp listen(Deployed node, String user) {
        return RawHttp.get(node.base(), "/events?channel=a&channel=b", "X-User", user)
                .awaitOpen();
    }

    private static RawHttp ask(Deployed node, String path, String... headers) {
        return RawHttp.get(node.base(), path, headers).awaitEnd();
    }

    private static void awaitPresence(Deployed node, int count, String users) {
        await().untilAsserted(() -> {
            try (RawHttp answer = ask(node, "/events/a/presence", "X-User", "publisher")) {
                assertThat(answer.text())
                        .isEqualTo("{\"channel\":\"a\",\"count\":" + count + ",\"users\":[" + users + "]}");
            }
        });
    }

    private static String observed(Deployed node) {
        try (RawHttp answer = ask(node, "/observer")) {
            return answer.text();
        }
    }

    @Test
    void isKnownOnBothNodesAndToldToTheApplicationOfEach() {
        try (Deployed first = node("presence-1");
                RawHttp staying = listen(first, "cid")) {
            RawHttp last;
            try (Deployed second = node("presence-2")) {
                isToldOfThoseWhoGo(first, second);
                last = listen(second, "dan");
                awaitPresence(first, 2, "\"cid\",\"dan\"");
            }
            awaitPresence(first, 1, "\"cid\"");
            last.close();
            assertThat(staying.ended()).isFalse();
        }
    }

    @Test
    void isKnownOnBothNodesWhereTheyMeetInTheDatabaseAlone() {
        try (Deployed first = storing("presence-stored-1");
                RawHttp near = listen(first, "ann")) {
            try (Deployed second = storing("presence-stored-2");
                    RawHttp far = listen(second, "bob")) {
                awaitPresence(first, 2, "\"ann\",\"bob\"");
                awaitPresence(second, 2, "\"ann\",\"bob\"");
                assertThat(far.ended()).isFalse();
            }
            awaitPresence(first, 1, "\"ann\"");
            assertThat(near.ended()).isFalse();
        }
    }

    private static void isToldOfThoseWhoGo(Deployed first, Deployed second) {
        try (RawHttp gone = listen(first, "ann");
                RawHttp kicked = listen(second, "bob")) {
            awaitPresence(first, 3, "\"ann\",\"bob\",\"cid\"");
            awaitPresence(second, 3, "\"ann\",\"bob\",\"cid\"");
            try (RawHttp asked = ask(second, "/observer/b")) {
                assertThat(asked.text()).isEqualTo("ChannelPresence[channel=b, count=3, users=[ann, bob, cid]]");
            }

            try (var control = new Control(second.base())) {
                control.post("kick", "{\"user\":\"bob\",\"channel\":\"b\"}");
            }
            kicked.awaitEnd();
            gone.reset();
            awaitPresence(second, 1, "\"cid\"");
        }
        await().untilAsserted(() -> {
            assertThat(observed(first).lines())
                    .containsExactly("+a cid", "+b cid", "+a ann", "+b ann", "-a ann", "-b ann");
            assertThat(observed(second).lines()).containsExactly("+a bob", "+b bob", "-a bob", "-b bob");
        });
    }

    @Test
    void isRefusedToWhoMayNotPublishAndSaysWhatToSetWhereItIsOff() {
        Deployed off = container.shared(TestWars.of("app"));

        try (RawHttp nobody = ask(off, "/events/a/presence");
                RawHttp reader = ask(off, "/events/a/presence", "X-User", "ann");
                RawHttp publisher = ask(off, "/events/a/presence", "X-User", "publisher")) {
            assertThat(nobody.status()).isEqualTo(401);
            assertThat(reader.status()).isEqualTo(403);
            assertThat(publisher.status()).isEqualTo(404);
            assertThat(publisher.text()).contains("set eventstream.presence to count or users");
        }
    }
}
