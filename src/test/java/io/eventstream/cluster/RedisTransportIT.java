package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventstream.broadcast.RealNode;
import io.eventstream.config.RedisSettings;
import io.eventstream.spi.TransportListener;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.WithoutServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The transport on a real Redis, which is killed, stopped, and refuses. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@WithoutServer
@ResourceLock(LogEntries.OF_OUTAGES)
class RedisTransportIT {

    private final RedisServer server = new RedisServer();
    private final Permissions permissions = new Permissions();
    private final List<RealMember> members = new ArrayList<>();
    private final LogEntries outages = LogEntries.of(TransportOutage.class);

    @AfterEach
    void end() {
        members.forEach(RealMember::close);
        server.close();
        outages.close();
    }

    private static RedisSettings settings(String url) {
        return new RedisSettings(url, "eventstream", Duration.ofSeconds(2));
    }

    private RealMember member(Optional<MemoryStorage> storage, int database) {
        var member = new RealMember(
                storage,
                Optional.of(new RedisTransport(settings(server.url(database)))),
                permissions,
                "eventstream.storage.poll",
                "PT1H");
        members.add(member);
        return member;
    }

    private void awaitConnected() {
        await().atMost(20, TimeUnit.SECONDS).until(() -> members.stream().allMatch(RealMember::isConnected));
    }

    private static void awaitSeen(RealNode.Client client, String... seen) {
        await().untilAsserted(() -> assertThat(client.seen()).containsExactly(seen));
    }

    private static void live(RealMember from, String data) {
        from.cluster.publish("c", "message", Set.of(), data);
    }

    @Test
    void nodesHearEachOtherInOrder() {
        RealMember first = member(Optional.empty(), 0);
        RealMember second = member(Optional.empty(), 0);
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String[] all =
                IntStream.range(0, 2000).mapToObj(i -> i + " é\uD83D\uDE00").toArray(String[]::new);
        for (String data : all) {
            live(first, data);
        }

        awaitSeen(far, all);
    }

    /** Redis itself tells them to each other. */
    @Test
    void applicationsInOtherDatabasesDoNotHearEachOther() {
        RealMember first = member(Optional.empty(), 0);
        RealMember stranger = member(Optional.empty(), 1);
        RealMember second = member(Optional.empty(), 0);
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        live(stranger, "foreign");
        live(first, "ours");

        awaitSeen(far, "ours");
    }

    @Test
    void largeEventsGoAsTheyAre() {
        RealMember first = member(Optional.empty(), 0);
        RealMember second = member(Optional.empty(), 0);
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        String large = "x".repeat(1 << 20);
        live(first, large);

        awaitSeen(far, large);
    }

    @Test
    void afterItWasKilledTheyMeetAgainAndNothingThatIsStoredIsMissing() {
        var storage = new MemoryStorage();
        RealMember first = member(Optional.of(storage), 0);
        RealMember second = member(Optional.of(storage), 0);
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        RealNode.Client farLive = second.node.listen("ann", "unrel");
        first.store("c", "1");
        awaitSeen(far, "1");
        server.kill();
        first.store("c", "2");
        await().until(() -> outages.entries().contains("WARNING"));
        first.store("c", "3");
        server.restart();
        awaitConnected();

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(far.seen()).containsExactly("1", "2", "3"));
        await().untilAsserted(() -> assertThat(farLive.seen()).contains("stream-reset"));
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(outages.entries()).contains("INFO"));
    }

    /** Nothing ends the connection, but the heartbeats do not come any more. */
    @Test
    void aConnectionThatIsSilentForTooLongIsGivenUp() {
        member(Optional.empty(), 0);
        awaitConnected();
        server.pause();

        await().atMost(40, TimeUnit.SECONDS).until(() -> outages.entries().contains("WARNING"));
        server.resume();
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(outages.entries()).contains("INFO"));
    }

    @Test
    void anIdleConnectionIsKept() {
        RealMember first = member(Optional.empty(), 0);
        RealMember second = member(Optional.empty(), 0);
        awaitConnected();
        RealNode.Client far = second.node.listen("ann", "c");
        await().pollDelay(17, TimeUnit.SECONDS).atMost(30, TimeUnit.SECONDS).until(() -> true);
        live(first, "after");

        awaitSeen(far, "after");
        assertThat(outages.entries()).isEmpty();
    }

    @Test
    void nothingIsLeftOfItAfterItsEnd() {
        RealMember first = member(Optional.empty(), 0);
        awaitConnected();
        first.close();

        await().untilAsserted(() -> assertThat(first.threads()).noneMatch(Thread::isAlive));
        await().untilAsserted(() ->
                assertThat(server.lines("CLIENT", "LIST")).noneMatch(line -> line.contains("name=eventstream")));
        assertThat(outages.entries()).isEmpty();
    }

    /** The rules are those of docs/cluster.md. */
    @Test
    void aUserNeedsNoMoreThanTheDocumentationLists() throws IOException {
        String rules = Files.readAllLines(Path.of("docs/cluster.md")).stream()
                .filter(line -> line.startsWith("ACL SETUSER "))
                .findFirst()
                .orElseThrow();
        assertThat(server.command(rules.split(" "))).isEqualTo("+OK");
        var received = new CopyOnWriteArrayList<String>();
        var transport = new RedisTransport(settings(server.url(0).replace("redis://", "redis://eventstream:secret@")));
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
            } catch (IOException e) {
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
        var transport = new RedisTransport(settings(server.url(0).replace("redis://", "redis://ann:secret@")));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transport.publish("hello"))
                .havingCause()
                .withMessageContaining("NOPERM");
        transport.close();
    }
}
