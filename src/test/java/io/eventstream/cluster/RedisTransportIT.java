package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.config.RedisSettings;
import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.WithoutServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The transport by publish and subscribe of a real Redis, which is killed, stopped, and refuses. */
@WithoutServer
class RedisTransportIT extends TransportContract {

    private final RedisServer server = new RedisServer();

    @Override
    TransportUnderTest open() {
        return new Databases(server);
    }

    private record Databases(RedisServer server) implements TransportUnderTest {

        @Override
        public EventTransport node() {
            return transport(server.url(0));
        }

        /** Redis itself tells both: to it topics are the same in all of its databases. */
        @Override
        public EventTransport stranger() {
            return transport(server.url(1));
        }

        @Override
        public void publishForeign() {
            server.command("PUBLISH", "{eventstream}:0:events", "hello");
        }

        @Override
        public void breakDown() {
            server.kill();
        }

        @Override
        public void recover() {
            server.restart();
        }

        @Override
        public long connections() {
            return server.lines("CLIENT", "LIST").stream()
                    .filter(line -> line.contains("name=eventstream"))
                    .count();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static EventTransport transport(String url) {
        return new RedisTransport(new RedisSettings(url, "eventstream", Duration.ofSeconds(2)));
    }

    /** Nothing ends the connection, but the heartbeats do not come any more. */
    @Test
    void aConnectionThatIsSilentForTooLongIsGivenUp() {
        member();
        awaitConnected();
        server.pause();

        await().atMost(40, TimeUnit.SECONDS).until(() -> outages().entries().contains("WARNING"));
        server.resume();
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(outages().entries()).contains("INFO"));
    }

    /** The rules are those of docs/cluster.md. */
    @Test
    void aUserNeedsNoMoreThanTheDocumentationLists() throws Exception {
        String rules = Files.readAllLines(Path.of("docs/cluster.md")).stream()
                .filter(line -> line.startsWith("ACL SETUSER "))
                .findFirst()
                .orElseThrow();
        assertThat(server.command(rules.split(" "))).isEqualTo("+OK");
        var received = new CopyOnWriteArrayList<String>();
        EventTransport transport = transport(server.url(0).replace("redis://", "redis://eventstream:secret@"));
        var receiving = new Thread(() -> {
            try {
                transport.receive(new TransportListener() {
                    @Override
                    public void connected() {
                        received.add("connected");
                    }

                    @Override
                    public void received(String text) {
                        received.add(text);
                    }
                });
            } catch (Exception e) {
                received.add(e.toString());
            }
        });
        receiving.start();
        await().until(() -> !received.isEmpty());
        transport.publish("hello");

        await().untilAsserted(() -> assertThat(received).containsExactly("connected", "hello"));
        transport.close();
        await().until(() -> !receiving.isAlive());
    }

    @Test
    void aUserWhoMayNotPublishIsTold() {
        server.command("ACL", "SETUSER", "ann", "on", ">secret", "+@connection");
        EventTransport transport = transport(server.url(0).replace("redis://", "redis://ann:secret@"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transport.publish("hello"))
                .havingCause()
                .withMessageContaining("NOPERM");
        transport.close();
    }
}
