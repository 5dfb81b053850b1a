package io.eventstream.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.DataNotEncodableException;
import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.InvalidChannelException;
import io.eventstream.api.InvalidTypeException;
import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.api.StreamEvent;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.WithoutServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Programs that send by a real Redis, which is not there, is killed, refuses, or is empty. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@WithoutServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisEventSenderIT {

    private static final String STORAGE = "{eventstream}:storage";

    private final RedisServer server = new RedisServer();

    @AfterAll
    void end() {
        server.close();
    }

    @BeforeEach
    void aNodeHasSetUpItsStorage() {
        server.command("FLUSHALL");
        setUp(STORAGE);
    }

    private void setUp(String key) {
        server.command("HSET", key, "id", "00000000-0000-0000-0000-00000000000a", "generation", "0");
    }

    private RedisEventSender sender() {
        return RedisEventSender.of(URI.create(server.url(0)));
    }

    private static Throwable failure(CompletableFuture<?> stage) {
        Throwable thrown = catchThrowable(stage::join);
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    @Test
    void itIsToldTheNumbersInTheOrderOfTheEvents() {
        try (var sender = sender()) {
            List<CompletableFuture<StreamEvent>> sent = IntStream.rangeClosed(1, 2000)
                    .mapToObj(i -> sender.send("a", "message", Integer.toString(i)))
                    .toList();

            assertThat(sent.stream().mapToLong(event -> event.join().id().orElseThrow()))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 2000).boxed().toList());
            assertThat(sent.get(16).join()).isEqualTo(new StreamEvent("a", OptionalLong.of(17), "message", "17"));
        }
    }

    @Test
    void anEventIsStoredAsItWasSent() {
        String text = "a \"text\"\u0000 with\r\nall of ä\uD83D\uDE00";
        try (var sender = sender()) {
            sender.sendText("b", "note", text).join();
        }

        assertThat(server.lines("EVAL", """
                local entry = redis.call('XRANGE', KEYS[1], '-', '+')[1]
                return entry[1] .. ' ' .. entry[2][4] .. ' ' .. (entry[2][6] == ARGV[1] and 'same' or 'other')
                """, "1", "{eventstream}:channel:b", text))
                .containsExactly("1-0 note same");
    }

    @Test
    void whatCannotBeSentIsRefusedAndNothingIsStored() {
        try (var sender = sender().withMaxEventSize(10)) {
            assertThat(failure(sender.send(" ", "message", "1"))).isInstanceOf(InvalidChannelException.class);
            assertThat(failure(sender.send("c", "keep-alive", "1"))).isInstanceOf(InvalidTypeException.class);
            assertThat(failure(sender.send("c", "message", "hello"))).isInstanceOf(DataNotEncodableException.class);
            assertThat(failure(sender.sendText("c", "message", "\uD800")))
                    .isInstanceOf(DataNotEncodableException.class);
            assertThat(failure(sender.sendText("c", "message", "äääää1"))).isInstanceOf(DataTooLargeException.class);

            assertThat(sender.sendText("c", "message", "äääää").join().id()).hasValue(1);
        }
    }

    @Test
    void aRedisThatNoNodeUsesIsRefused() {
        try (var otherDatabase = RedisEventSender.of(URI.create(server.url(3)));
                var otherPrefix = sender().withKeyPrefix("shop")) {
            assertThat(failure(otherDatabase.send("d", "message", "1")))
                    .isInstanceOf(StorageRefusedException.class)
                    .hasMessageContaining("No node has set up a storage in this Redis with these keys");
            assertThat(failure(otherPrefix.send("d", "message", "1"))).isInstanceOf(StorageRefusedException.class);

            setUp("{shop}:storage");
            assertThat(otherPrefix.send("d", "message", "1").join().id()).hasValue(1);
        }
    }

    @Test
    void aRedisThatWasEmptiedMeanwhileBeginsTheNextGeneration() {
        try (var sender = sender()) {
            sender.send("e", "message", "1").join();
            server.command("FLUSHALL");

            assertThat(sender.send("e", "message", "2").join().id()).hasValue(1_000_000_000_001L);
        }
    }

    @Test
    void aRedisThatIsNotThereIsTold() {
        try (var nobody = RedisServer.claimPort()) {
            try (var sender = RedisEventSender.of(URI.create("redis://:hidden@127.0.0.1:" + nobody));
                    var unstored = sender.withoutStorage()) {
                assertThat(failure(sender.send("f", "message", "1")))
                        .isInstanceOf(StorageUnavailableException.class)
                        .hasMessageNotContaining("hidden");
                assertThat(failure(unstored.send("f", "message", "1")))
                        .isInstanceOf(IOException.class)
                        .hasMessageNotContaining("hidden");
            }
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsAnOutcomeThatNobodyKnows() {
        try (var sender = sender().withTimeout(Duration.ofMillis(300))) {
            sender.send("g", "message", "1").join();
            server.pause();
            try {
                assertThat(failure(sender.send("g", "message", "2"))).isInstanceOf(SendOutcomeUnknownException.class);
            } finally {
                server.resume();
            }
            await().ignoreExceptions()
                    .until(() -> sender.send("g", "message", "3").join().id().isPresent());
        }
    }

    /** The rules are those of docs/client.md. */
    @Test
    void aUserNeedsNoMoreThanTheDocumentationListsAndWithoutPublishStillStores() throws IOException {
        List<String> rules = Files.readAllLines(Path.of("docs/client.md")).stream()
                .filter(line -> line.startsWith("ACL SETUSER "))
                .flatMap(line -> Stream.of(line.split(" ")))
                .toList();
        var url = URI.create(server.url(0).replace("redis://", "redis://program:secret@"));
        assertThat(server.command(rules.toArray(String[]::new))).isEqualTo("+OK");
        try (var sender = RedisEventSender.of(url);
                var unstored = sender.withoutStorage()) {
            assertThat(unstored.send("h", "message", "1").join().id()).isEmpty();
            assertThat(sender.send("h", "message", "1").join().id()).hasValue(1);
            server.command("FLUSHALL");
            assertThat(sender.send("h", "message", "1").join().id()).hasValue(1_000_000_000_001L);
        }
        server.command("ACL", "SETUSER", "program", "-publish");
        setUp(STORAGE);
        try (var sender = RedisEventSender.of(url);
                var unstored = sender.withoutStorage()) {
            assertThat(sender.send("h", "message", "2").join().id()).isPresent();
            assertThatThrownBy(() -> unstored.send("h", "message", "2").join())
                    .hasCauseInstanceOf(IOException.class)
                    .hasRootCauseMessage("NOPERM this user has no permissions to run the 'publish' command");
        }
    }

    @Test
    void anEventThatIsNotStoredHasNoNumber() {
        try (var sender = sender().withoutStorage()) {
            assertThat(sender.send("i", "message", "1").join())
                    .isEqualTo(new StreamEvent("i", OptionalLong.empty(), "message", "1"));
            assertThat(server.command("EXISTS", "{eventstream}:channel:i")).isEqualTo(":0");
        }
    }

    @Test
    void whatWasHandedOverGoesBeforeTheEndAndNothingRemains() {
        List<CompletableFuture<StreamEvent>> sent;
        try (var sender = sender();
                var unstored = sender.withoutStorage()) {
            sent = IntStream.range(0, 500)
                    .mapToObj(i -> (i % 2 == 0 ? sender : unstored).send("j", "message", "1"))
                    .toList();
        }

        assertThat(sent).allSatisfy(stage -> assertThat(stage).isCompleted());
        await().untilAsserted(() ->
                assertThat(server.lines("CLIENT", "LIST")).noneMatch(line -> line.contains("name=eventstream")));
        // An executor counts as ended a moment before its thread.
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("eventstream-sending")));
    }

    @Test
    void aClosedSenderTakesNothing() {
        var sender = sender();
        var unstored = sender.withoutStorage();
        sender.close();
        unstored.close();

        assertThat(failure(sender.send("k", "message", "1"))).isInstanceOf(StorageUnavailableException.class);
        assertThat(failure(unstored.send("k", "message", "1")))
                .isInstanceOf(IOException.class)
                .hasMessage("The sender is closed");
    }
}
