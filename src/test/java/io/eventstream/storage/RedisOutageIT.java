package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.config.RedisSettings;
import io.eventstream.contract.Pages;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.WithoutServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Redis that is killed, stopped, full, or not as it should be. Each test has one of its own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@WithoutServer
class RedisOutageIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static RedisEventStorage open(RedisServer server) {
        return RedisEventStorage.open(new RedisSettings(server.url(0), "eventstream", TIMEOUT));
    }

    private static long append(RedisEventStorage storage, String data) {
        return storage.append(List.of(new EncodedMessage("a", "message", data, Set.of())))
                .own()
                .get(0)
                .number();
    }

    private static List<String> stored(RedisEventStorage storage) {
        return Pages.all(storage, "a").stream().map(StoredEvent::data).toList();
    }

    @Nested
    class Killed {

        @Test
        void itIsToldAndComesBackWithAllThatWasAcknowledged() {
            try (var server = new RedisServer("--appendfsync", "always");
                    var storage = open(server)) {
                List<String> sent = new ArrayList<>();
                IntStream.rangeClosed(1, 200).mapToObj(Integer::toString).forEach(data -> {
                    append(storage, data);
                    sent.add(data);
                });
                var identity = storage.identity();
                server.kill();

                // The connection had been used just now, so nobody can know; then it is known that there is none.
                assertThat(catchThrowable(() -> append(storage, "during")))
                        .isInstanceOfAny(SendOutcomeUnknownException.class, StorageUnavailableException.class);
                assertThatThrownBy(() -> append(storage, "during")).isInstanceOf(StorageUnavailableException.class);
                assertThatThrownBy(() -> storage.heads(List.of("a"))).isInstanceOf(StorageUnavailableException.class);
                assertThatThrownBy(() -> storage.after("a", 0, 10)).isInstanceOf(StorageUnavailableException.class);
                assertThatThrownBy(storage::identity).isInstanceOf(StorageUnavailableException.class);
                assertThatThrownBy(storage::unnumbered).isInstanceOf(StorageUnavailableException.class);
                assertThatThrownBy(() -> storage.purge(channel -> Duration.ZERO))
                        .isInstanceOf(StorageUnavailableException.class);

                server.restart();
                await().atMost(10, TimeUnit.SECONDS)
                        .ignoreExceptionsInstanceOf(StorageUnavailableException.class)
                        .untilAsserted(() -> assertThat(storage.identity()).isEqualTo(identity));
                assertThat(append(storage, "after")).isEqualTo(201);
                sent.add("after");
                assertThat(stored(storage)).isEqualTo(sent);
            }
        }

        @Test
        void underManySendersItLosesNothingAndRepeatsNothing() throws Exception {
            try (var server = new RedisServer("--appendfsync", "always");
                    var storage = open(server);
                    var commits = new GroupCommit(
                            storage, Thread::new, appended -> {}, new Outage(System::nanoTime)::failed)) {
                int senders = 8;
                var acknowledged = new ConcurrentLinkedQueue<String>();
                var unknown = new ConcurrentLinkedQueue<String>();
                var warm = new CountDownLatch(500);
                var again = new CountDownLatch(senders);
                var threads = IntStream.range(0, senders)
                        .mapToObj(sender -> new Thread(() -> {
                            boolean failed = false;
                            for (int i = 0; !failed || again.getCount() > 0; i++) {
                                String data = sender + "/" + i;
                                try {
                                    commits.append(List.of(new EncodedMessage("a", "message", data, Set.of())))
                                            .join();
                                    acknowledged.add(data);
                                    warm.countDown();
                                    if (failed) {
                                        again.countDown();
                                    }
                                } catch (CompletionException e) {
                                    failed = true;
                                    if (e.getCause() instanceof SendOutcomeUnknownException) {
                                        unknown.add(data);
                                    }
                                }
                            }
                        }))
                        .toList();
                threads.forEach(Thread::start);
                warm.await();
                server.kill();
                server.restart();
                for (Thread thread : threads) {
                    thread.join();
                }

                List<String> stored = stored(storage);
                assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
                List<String> rest = new ArrayList<>(stored);
                rest.removeAll(Set.copyOf(acknowledged));
                assertThat(unknown).containsAll(rest);
            }
        }
    }

    @Nested
    class Stopped {

        @Test
        void afterTheTimeoutNobodyKnowsWhetherItStoredWhatItWasSent() {
            try (var server = new RedisServer()) {
                var settings = new RedisSettings(server.url(0), "eventstream", Duration.ofMillis(300));
                try (var storage = RedisEventStorage.open(settings)) {
                    append(storage, "1");
                    server.pause();

                    assertThatThrownBy(() -> append(storage, "2")).isInstanceOf(SendOutcomeUnknownException.class);
                    assertThatThrownBy(() -> storage.after("a", 0, 10)).isInstanceOf(StorageUnavailableException.class);

                    server.resume();
                    // It had arrived.
                    await().atMost(10, TimeUnit.SECONDS)
                            .ignoreExceptionsInstanceOf(StorageUnavailableException.class)
                            .untilAsserted(() -> assertThat(stored(storage)).containsExactly("1", "2"));
                }
            }
        }

        @Test
        void aConnectionThatEndedWhileNobodyUsedItIsNoticedBeforeTheNextMessageIsSent() {
            try (var server = new RedisServer();
                    var storage = open(server)) {
                append(storage, "1");
                server.command("CLIENT", "KILL", "TYPE", "normal");
                await().pollDelay(1100, TimeUnit.MILLISECONDS).until(() -> true);

                assertThat(append(storage, "2")).isEqualTo(2);
            }
        }
    }

    @Nested
    class NotAsItShouldBe {

        @Test
        void whereNobodyListensItIsUnavailable() {
            var settings = new RedisSettings("redis://ann:secret@127.0.0.1:1/0", "eventstream", TIMEOUT);

            assertThatThrownBy(() -> RedisEventStorage.open(settings))
                    .isInstanceOf(StorageUnavailableException.class)
                    .satisfies(e -> assertThat(messages(e)).doesNotContain("secret"));
        }

        @Test
        void whereItMayEvictEventsItIsRefused() {
            try (var server = new RedisServer("--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru")) {
                assertThatThrownBy(() -> open(server))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("allkeys-lru")
                        .hasMessageContaining("set maxmemory-policy noeviction");
                server.command("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
                open(server).close();
            }
        }

        @Test
        void whereItsMemoryIsFullItRefusesAndStoresNoHalf() {
            try (var server = new RedisServer("--maxmemory", "4mb", "--maxmemory-policy", "noeviction");
                    var storage = open(server)) {
                var large = new EncodedMessage("a", "message", "x".repeat(100_000), Set.of());
                List<EncodedMessage> five = List.of(large, large, large, large, large);
                int[] acknowledged = {0};

                assertThatThrownBy(() -> {
                            for (int i = 0; i < 100; i++) {
                                acknowledged[0] += storage.append(five).own().size();
                            }
                        })
                        .isInstanceOf(StorageRefusedException.class)
                        .hasMessageContaining("OOM");

                assertThat(stored(storage)).hasSize(acknowledged[0]);
                server.command("CONFIG", "SET", "maxmemory", "100mb");
                assertThat(append(storage, "room again")).isEqualTo(acknowledged[0] + 1);
            }
        }

        @Test
        void asAReplicaItIsRefused() {
            try (var server = new RedisServer();
                    var storage = open(server)) {
                server.command("REPLICAOF", "127.0.0.1", "1");

                assertThatThrownBy(() -> append(storage, "1"))
                        .isInstanceOf(StorageRefusedException.class)
                        .hasMessageContaining("replica");
                assertThatThrownBy(() -> open(server))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("primary");
            }
        }

        @Test
        void withoutItsPasswordItIsRefused() {
            try (var server = new RedisServer("--requirepass", "s3/cr@t")) {
                String place = server.url(0).substring("redis://".length());

                assertThatThrownBy(() -> open(server))
                        .isInstanceOf(StorageRefusedException.class)
                        .hasMessageContaining("NOAUTH");
                assertThatThrownBy(() -> open("redis://:wrong@" + place))
                        .isInstanceOf(StorageRefusedException.class)
                        .hasMessageContaining("WRONGPASS")
                        .satisfies(e -> assertThat(messages(e)).doesNotContain("wrong@"));
                try (var storage = open("redis://:s3%2Fcr%40t@" + place)) {
                    assertThat(append(storage, "1")).isEqualTo(1);
                }
                try (var storage = open("redis://default:s3%2Fcr%40t@" + place)) {
                    assertThat(append(storage, "2")).isEqualTo(2);
                }
            }
        }

        /** The rules are those of docs/redis.md. */
        @Test
        void withAUserWhoMayDoWhatTheDocumentationListsItWorks() throws IOException {
            try (var server = new RedisServer()) {
                String rules = Files.readAllLines(Path.of("docs/redis.md")).stream()
                        .filter(line -> line.startsWith("ACL SETUSER "))
                        .findFirst()
                        .orElseThrow();
                assertThat(server.command(rules.split(" "))).isEqualTo("+OK");
                String url = server.url(0).replace("redis://", "redis://eventstream:secret@");

                try (var storage = open(url)) {
                    storage.raiseGeneration(1);
                    assertThat(append(storage, "1"))
                            .isEqualTo(storage.identity().base() + 1);
                    server.command("DEL", "{eventstream}:heads");
                    assertThat(append(storage, "2"))
                            .isEqualTo(storage.identity().base() + 1);
                    assertThat(storage.heads(List.of("a"))).hasSize(1);
                    assertThat(storage.after("a", 0, 10)).hasSize(2);
                    assertThat(storage.purge(channel -> Duration.ZERO)).isEqualTo(2);
                }
                server.command("ACL", "SETUSER", "eventstream", "-info");
                open(url).close();
                server.command("ACL", "SETUSER", "eventstream", "-xadd");
                try (var storage = open(url)) {
                    assertThatThrownBy(() -> append(storage, "3")).isInstanceOf(StorageRefusedException.class);
                    assertThat(storage.heads(List.of("a")).get("a").newest())
                            .isEqualTo(storage.identity().base() + 1);
                }
            }
        }

        @Test
        void withoutAnAppendOnlyFileItWarnsOnce() {
            try (var log = LogEntries.of(RedisCheck.class);
                    var server = new RedisServer("--appendonly", "no")) {
                open(server).close();

                assertThat(log.entries()).containsExactly("WARNING");
                assertThat(log.messages().get(0)).contains("appendonly yes").contains("appendfsync always");
            }
        }

        private static RedisEventStorage open(String url) {
            return RedisEventStorage.open(new RedisSettings(url, "eventstream", TIMEOUT));
        }

        private static RedisEventStorage open(RedisServer server) {
            return RedisOutageIT.open(server);
        }

        private static String messages(Throwable thrown) {
            var text = new StringBuilder();
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                text.append(cause).append('\n');
            }
            return text.toString();
        }

        @Test
        void asANodeOfAClusterItServesAllChannelsFromOneSlot() {
            try (var server = new RedisServer("--cluster-enabled", "yes")) {
                assertThatThrownBy(() -> open(server)).isInstanceOf(StorageUnavailableException.class);
                server.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
                await().atMost(10, TimeUnit.SECONDS)
                        .ignoreExceptionsInstanceOf(StorageUnavailableException.class)
                        .untilAsserted(() -> open(server).close());

                try (var storage = open(server)) {
                    List<EncodedMessage> messages = IntStream.range(0, 50)
                            .mapToObj(i -> new EncodedMessage("{" + i + "}", "message", "x", Set.of()))
                            .toList();
                    assertThat(storage.append(messages).own()).hasSize(50);
                    assertThat(storage.heads(List.of("{0}", "{49}"))).hasSize(2);
                    assertThat(storage.purge(channel -> Duration.ZERO)).isEqualTo(50);
                }
            }
        }
    }

    @Nested
    class Closed {

        @Test
        void itTakesNothingMoreAndKeepsNoConnection() {
            try (var server = new RedisServer()) {
                var storage = open(server);
                append(storage, "1");
                storage.close();

                assertThatThrownBy(() -> append(storage, "2")).isInstanceOf(StorageUnavailableException.class);
                await().atMost(10, TimeUnit.SECONDS)
                        .untilAsserted(() -> assertThat(server.lines("CLIENT", "LIST", "TYPE", "normal"))
                                .noneMatch(line -> line.contains("name=eventstream")));
            }
        }
    }
}
