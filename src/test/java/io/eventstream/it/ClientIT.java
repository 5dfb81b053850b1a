package io.eventstream.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventstream.client.EventStreamClient;
import io.eventstream.client.Listening;
import io.eventstream.client.RequestRefusedException;
import io.eventstream.client.StreamListener;
import io.eventstream.client.StreamStart;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs outside of the server: by the class, and by the command line of the jar as it was built. */
@ContainerTest
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientIT {

    private static final String TOKEN = "token-of-the-test";

    private final URI address;
    private final EventStreamClient client;

    ClientIT(Container container) {
        URI base = container
                .shared(TestWars.withStorage("client").with("eventstream.publish.token", TOKEN))
                .base();
        this.address = URI.create(base + "/events");
        this.client = EventStreamClient.of(address).withToken(TOKEN);
    }

    @Nested
    class TheClass {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Test
        void listensToWhatItSends() {
            try (Listening listening = client.listen(event -> seen.add(event.data()), "client/one")) {
                await().untilAsserted(() -> {
                    client.send("client/one", "message", "{\"text\":\"hi\"}").join();
                    assertThat(seen).contains("{\"text\":\"hi\"}");
                });
                assertThat(listening.ended()).isNotDone();
            }
        }

        @Test
        void resumes() {
            long first =
                    client.sendText("door-client", "message", "1").join().id().orElseThrow();
            client.sendText("door-client", "message", "2").join();
            StreamListener listener = event -> seen.add(event.lastEventId() + "=" + event.data());
            try (var listening =
                    client.listen(listener, StreamStart.after("door-client:" + first), List.of("door-client"))) {
                await().until(() -> seen.contains("door-client:" + (first + 1) + "=2"));
                assertThat(seen).hasSize(1);
                assertThat(listening.ended()).isNotDone();
            }
        }

        @Test
        void isToldWhyNot() {
            assertThatThrownBy(() -> EventStreamClient.of(address)
                            .send("a", "message", "1")
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                        assertThat(refused.status()).isEqualTo(401);
                        assertThat(refused.condition()).isEqualTo("unauthorized");
                    });
            assertThatThrownBy(() -> client.listen(
                                    event -> seen.add(event.data()), List.of().toArray(String[]::new))
                            .ended()
                            .join())
                    .hasCauseInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("No channels specified");
        }
    }

    @Nested
    class TheCommandLine {

        @Test
        void listensAndSends() throws Exception {
            Process listener = start("listen", "--channel", "line", "--count", "1");
            try (BufferedReader said = listener.errorReader(UTF_8)) {
                assertThat(said.readLine()).isEqualTo("Listening to [line]");
                Process sender = start("send", "--channel", "line", "--token", TOKEN, "{\"text\":\"hi\"}");

                assertThat(sender.waitFor()).as(err(sender)).isZero();
                assertThat(listener.waitFor()).isZero();
                assertThat(listener.inputReader(UTF_8).lines()).containsExactly("{\"text\":\"hi\"}");
            } finally {
                listener.destroyForcibly();
            }
        }

        @Test
        void saysWhyNot() throws Exception {
            Process sender = start("send", "--channel", "line", "--token", "wrong", "1");

            assertThat(sender.waitFor()).isEqualTo(3);
            assertThat(err(sender)).contains("token");
        }

        private Process start(String... args) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    System.getProperty("eventstream.it.jar")));
            command.addAll(List.of(args));
            command.addAll(List.of("--url", address.toString()));
            return new ProcessBuilder(command).start();
        }

        private static String err(Process process) throws IOException {
            return new String(process.getErrorStream().readAllBytes(), UTF_8);
        }
    }
}
