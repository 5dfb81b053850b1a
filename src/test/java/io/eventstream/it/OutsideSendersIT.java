package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.ArtemisWars;
import io.eventstream.testapp.JmsProgram;
import io.eventstream.testapp.RedisProgram;
import io.eventstream.testapp.RedisWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.ArtemisBroker;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.Program;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.SseParser.Event;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs that send without the server, each with the jar and the client of what it sends by, and with nothing else. */
@ContainerTest
@ExtendWith(DatabaseExtension.class)
class OutsideSendersIT {

    private static final int EVENTS = 20;
    private static final List<String> DATA =
            IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList();
    private static final List<String> NUMBERS =
            IntStream.rangeClosed(1, EVENTS).mapToObj(Integer::toString).toList();

    private final Container container;

    OutsideSendersIT(Container container) {
        this.container = container;
    }

    private static List<Event> messages(RawHttp client) {
        return client.awaitText("data: " + (EVENTS - 1) + "\n\n").events().stream()
                .filter(event -> event.type().equals("message"))
                .toList();
    }

    private static void assertThatAllHaveCome(RawHttp stored) {
        assertThat(messages(stored)).extracting(Event::data).containsExactlyElementsOf(DATA);
        assertThat(messages(stored))
                .extracting(Event::lastEventId)
                .containsExactlyElementsOf(
                        NUMBERS.stream().map(number -> "stored:" + number).toList());
    }

    @Test
    void reachListenersByAQueue(RedisServer redis) throws Exception {
        try (var broker = new ArtemisBroker()) {
            var war = TestWars.of("outside-queue")
                    .with("eventstream.jms.broker-url", broker.url())
                    .with("eventstream.jms.queue", "events-in");
            String said = Program.run(
                    JmsProgram.class,
                    ArtemisWars.jars(),
                    broker.url(),
                    "events-in",
                    "stored",
                    Integer.toString(EVENTS));
            assertThat(said).isEqualTo("none has a number\n");

            try (var node = container.deploy(ArtemisWars.withClient(RedisWars.storing(redis.url(11), war)));
                    var stored = RawHttp.get(node.base(), "/events?channel=stored&lastEventId=earliest")
                            .awaitOpen()) {
                assertThatAllHaveCome(stored);
            }
            await().untilAsserted(() -> assertThat(broker.connections()).isZero());
        }
    }

    /** The poll is too slow to bring anything, so that the topic has to. */
    @Test
    void reachListenersByRedis(RedisServer redis) throws Exception {
        String url = redis.url(10);
        var war =
                TestWars.of("outside").with("eventstream.transport", "redis").with("eventstream.storage.poll", "PT1H");
        try (var node = container.deploy(RedisWars.storing(url, war));
                var stored = RawHttp.get(node.base(), "/events?channel=stored").awaitOpen();
                var unstored = RawHttp.get(node.base(), "/events?channel=unrel-outside")
                        .awaitOpen()) {
            await().until(() -> redis.command(
                            "EVAL", "return redis.call('PUBSUB', 'NUMSUB', KEYS[1])[2]", "1", "{eventstream}:10:events")
                    .equals(":1"));
            String said = Program.run(
                    RedisProgram.class, RedisWars.jars(), url, "stored", "unrel-outside", Integer.toString(EVENTS));

            assertThat(said.lines()).containsExactlyElementsOf(NUMBERS);
            assertThatAllHaveCome(stored);
            assertThat(messages(unstored)).extracting(Event::data).containsExactlyElementsOf(DATA);
        }
    }
}
