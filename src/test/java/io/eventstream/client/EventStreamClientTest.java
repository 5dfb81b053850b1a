package io.eventstream.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EventStreamClientTest {

    private static final String OPEN = "event: stream-open\ndata:\n\n";

    private final CannedServer server = new CannedServer();
    private final EventStreamClient client = EventStreamClient.of(server.address());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "/events", "ftp://localhost/events", "http:/events"})
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> EventStreamClient.of(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The address must be like http://localhost:8080/events, was " + address);
    }

    @Test
    void refusesASilenceOfNothing() {
        assertThatThrownBy(() -> client.withSilence(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class Sending {

        @Test
        void tellsTheNumber() {
            server.then(200, "{\"channel\":\"a/b c\",\"id\":17}");

            var sent = client.withToken("secret").send("a/b c", "note", "{}").join();

            assertThat(sent.id()).hasValue(17);
            assertThat(server.requests())
                    .containsExactly(new CannedServer.Request(
                            "POST", "channel=a%2Fb+c&type=note", "null", "Bearer secret", "{}"));
        }

        @Test
        void failsWithWhatTheServerSays() {
            server.then(403, "{\"condition\":\"forbidden\",\"text\":\"You may not\"}");

            assertThatThrownBy(() -> client.sendText("a", "message", "x").join())
                    .cause()
                    .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                        assertThat(refused).hasMessage("You may not");
                        assertThat(refused.status()).isEqualTo(403);
                        assertThat(refused.condition()).isEqualTo("forbidden");
                    });
        }

        @Test
        void failsWhereNobodyAnswers() {
            server.close();

            assertThatThrownBy(() -> client.send("a", "message", "1").join()).hasCauseInstanceOf(IOException.class);
        }
    }

    @Nested
    class Listens {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        private final StreamListener listener = new StreamListener() {
            @Override
            public void received(ReceivedEvent event) {
                seen.add(event.data());
            }

            @Override
            public void reset(List<String> channels) {
                seen.add("reset " + channels);
            }

            @Override
            public void opened() {
                seen.add("opened");
            }

            @Override
            public void interrupted(Exception reason) {
                seen.add("interrupted");
            }
        };

        @Test
        void andComesBackToWhereItWas() {
            server.thenStream(OPEN + "id: a:1\ndata: 1\n\n").thenStream(OPEN + "id: a:2\ndata: 2\n\n");

            client.listen(listener, StreamStart.earliest(), List.of("a", "b"))
                    .ended()
                    .join();

            assertThat(seen).containsExactly("opened", "1", "interrupted", "opened", "2", "interrupted");
            assertThat(server.requests())
                    .extracting(CannedServer.Request::query, CannedServer.Request::lastEventId)
                    .containsExactly(
                            tuple("channel=a&channel=b&lastEventId=earliest", "null"),
                            tuple("channel=a&channel=b", "a:1"),
                            tuple("channel=a&channel=b", "a:2"));
        }

        @Test
        void fromATimeOn() {
            client.listen(listener, StreamStart.since(Instant.EPOCH), List.of("a"))
                    .ended()
                    .join();

            assertThat(server.requests().get(0).query()).isEqualTo("channel=a&since=1970-01-01T00%3A00%3A00Z");
        }

        @Test
        void andIsToldOfWhatIsLost() {
            server.thenStream(OPEN + "event: stream-reset\nid: a:9\ndata: {\"channels\":[\"a\"]}\n\n");

            client.listen(listener, "a").ended().join();

            assertThat(seen).containsExactly("opened", "reset [a]", "interrupted");
            assertThat(server.requests().get(1).lastEventId()).isEqualTo("a:9");
        }

        @Test
        void untilTheServerRefuses() {
            server.thenStream("event: stream-error\nid: error\n"
                    + "data: {\"condition\":\"forbidden\",\"text\":\"You may not\"}\n\n");
            var listening = client.listen(listener, "a");

            assertThatThrownBy(() -> listening.ended().join())
                    .cause()
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessage("You may not");
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void notWhereThereIsNoStream() {
            server.then(404, "no such page");
            server.then(200, "<html>");

            assertThatThrownBy(() -> client.listen(listener, "a").ended().join())
                    .hasRootCauseMessage("The server answered with 404");
            assertThatThrownBy(() -> client.listen(listener, "a").ended().join())
                    .hasRootCauseMessage("The address answers with , not with an event stream; is it that of /events?");
        }

        @Test
        void againWhenAServerIsBusy() {
            server.then(exchange -> {
                exchange.getResponseHeaders().set("Retry-After", "0");
                exchange.sendResponseHeaders(503, -1);
            });

            client.listen(listener, "a").ended().join();

            assertThat(seen).containsExactly("interrupted");
            assertThat(server.requests()).hasSize(2);
        }

        @Test
        void andNoLongerWhenItIsClosed() throws Exception {
            var end = new CountDownLatch(1);
            server.then(exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write((OPEN + "data: 1\n\n").getBytes(UTF_8));
                exchange.getResponseBody().flush();
                awaitQuietly(end);
            });
            var listening = client.listen(listener, "a");
            await().until(() -> seen.contains("1"));

            listening.close();

            listening.ended().join();
            end.countDown();
            assertThat(seen).containsExactly("opened", "1");
        }

        @Test
        void againWhereASilentPeerHasGone() {
            var end = new CountDownLatch(1);
            server.then(exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(OPEN.getBytes(UTF_8));
                exchange.getResponseBody().flush();
                awaitQuietly(end);
            });

            client.withSilence(Duration.ofMillis(50))
                    .listen(listener, "a")
                    .ended()
                    .join();

            end.countDown();
            // On a busy machine what the server began with comes after the silence already.
            assertThat(seen).endsWith("interrupted");
            assertThat(server.requests()).hasSize(2);
        }

        @Test
        void noMoreAfterItsListenerFailed() {
            server.thenStream(OPEN + "data: 1\n\ndata: 2\n\n");

            assertThatThrownBy(() -> client.listen(
                                    event -> {
                                        seen.add(event.data());
                                        throw new IllegalStateException("of the application");
                                    },
                                    "a")
                            .ended()
                            .join())
                    .hasRootCauseMessage("of the application");
            assertThat(seen).containsExactly("1");
        }

        private void awaitQuietly(CountDownLatch latch) throws IOException {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
