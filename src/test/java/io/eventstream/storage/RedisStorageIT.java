package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.config.RedisSettings;
import io.eventstream.contract.EventStorageContract;
import io.eventstream.contract.Pages;
import io.eventstream.contract.StorageUnderTest;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.testing.DatabaseExtension;
import io.eventstream.testing.LogEntries;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.WithoutServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract by Redis, and what only Redis can get wrong. */
@ExtendWith(DatabaseExtension.class)
@WithoutServer
class RedisStorageIT extends EventStorageContract {

    private final RedisServer server;
    private RedisNodes nodes;

    RedisStorageIT(RedisServer server) {
        this.server = server;
    }

    @Override
    protected StorageUnderTest open() {
        nodes = new RedisNodes(server.url(0));
        return nodes;
    }

    private static EncodedMessage message(String channel, String data) {
        return new EncodedMessage(channel, "message", data, Set.of());
    }

    private List<Long> append(int node, String... channels) {
        return nodes
                .node(node)
                .append(Stream.of(channels)
                        .map(channel -> message(channel, channel))
                        .toList())
                .own()
                .stream()
                .map(StoredEvent::number)
                .toList();
    }

    @Nested
    class Transactions {

        @Test
        void areNotJoined() {
            assertThat(nodes.node(0).joins()).isFalse();
            assertThatIllegalStateException().isThrownBy(() -> nodes.node(0).join(message("joined", "1")));
            assertThat(nodes.node(0).unnumbered()).isEmpty();
        }
    }

    @Nested
    class TheKeys {

        @Test
        void areAStreamForEachChannelWithTheNumbersAsIds() {
            append(0, "stream", "stream");

            List<?> entries = RedisReplies.list(
                    nodes.execute("XRANGE", nodes.keys().stream("stream"), RedisKeys.bytes("-"), RedisKeys.bytes("+")));

            assertThat(entries)
                    .extracting(
                            entry -> RedisReplies.text(RedisReplies.list(entry).get(0)))
                    .containsExactly("1-0", "2-0");
            assertThat(new String(nodes.keys().stream("stream"), StandardCharsets.UTF_8))
                    .isEqualTo("{eventstream}:channel:stream");
        }

        @Test
        void ofAnotherPrefixAreAnotherStorage() {
            append(0, "prefix");
            var settings = new RedisSettings(server.url(0), "other", Duration.ofSeconds(10));

            try (var other = RedisEventStorage.open(settings)) {
                assertThat(other.after("prefix", 0, 10)).isEmpty();
                assertThat(other.identity().id())
                        .isNotEqualTo(nodes.node(0).identity().id());
            }
        }
    }

    @Nested
    class Appending {

        @Test
        void survivesThatRedisForgetsItsScripts() {
            append(0, "scripts");
            nodes.execute("SCRIPT", RedisKeys.bytes("FLUSH"));

            assertThat(append(0, "scripts")).containsExactly(2L);
            assertThat(nodes.node(0).heads(List.of("scripts"))).hasSize(1);
        }

        @Test
        void storesNothingOfACallThatFailsInTheMiddle() {
            append(0, "first");
            nodes.execute("SET", nodes.keys().stream("wrong"), RedisKeys.bytes("not a stream"));

            assertThatThrownBy(() -> append(0, "first", "fresh", "wrong", "first"))
                    .isInstanceOf(StorageRefusedException.class)
                    .hasMessageContaining("WRONGTYPE")
                    .hasMessageContaining("eventstream.redis.key-prefix");

            nodes.execute("DEL", nodes.keys().stream("wrong"));
            assertThat(append(0, "first", "fresh", "wrong")).containsExactly(2L, 1L, 1L);
        }

        @Test
        void leavesUsersAndTypesAsTheyAreWhateverTheyHold() {
            var message = new EncodedMessage("users", "type \u2028 ü", "", Set.of("a,b", "%2C", " ", "\u0001"));

            StoredEvent stored = nodes.node(0).append(List.of(message)).own().get(0);

            assertThat(nodes.node(1).after("users", 0, 1)).containsExactly(stored);
            assertThat(stored.skipUsers()).isEqualTo(message.skipUsers());
        }
    }

    @Nested
    class Purging {

        @Test
        void isDoneByOneNodeAtATime() {
            append(0, "leased");
            nodes.age("leased", 1, Duration.ofDays(2));
            nodes.execute("SET", nodes.keys().lease(), RedisKeys.bytes("another node"));

            long whileAnotherDoesIt = purge(1, "leased");
            nodes.execute("DEL", nodes.keys().lease());
            long afterItsLease = purge(1, "leased");

            assertThat(List.of(whileAnotherDoesIt, afterItsLease)).containsExactly(0L, 1L);
        }

        @Test
        void leavesALeaseToNobodyAndEndsByItself() {
            append(0, "released");
            nodes.age("released", 1, Duration.ofDays(2));
            byte[] lease = nodes.keys().lease();

            long deleted = nodes.node(1).purge(channel -> {
                assertThat(RedisReplies.number(nodes.execute("PTTL", lease))).isBetween(1L, 60_000L);
                return channel.equals("released") ? Duration.ofDays(1) : Duration.ofDays(365);
            });

            assertThat(deleted).isEqualTo(1);
            assertThat(nodes.execute("GET", lease)).isNull();
        }

        @Test
        void stopsWhenTheLeaseIsLost() {
            append(0, "lost-lease");
            nodes.age("lost-lease", 1, Duration.ofDays(2));

            long deleted = nodes.node(1).purge(channel -> {
                nodes.execute("SET", nodes.keys().lease(), RedisKeys.bytes("another node"));
                return channel.equals("lost-lease") ? Duration.ofDays(1) : Duration.ofDays(365);
            });

            assertThat(deleted).isZero();
            assertThat(nodes.execute("GET", nodes.keys().lease())).isEqualTo(RedisKeys.bytes("another node"));
            nodes.execute("DEL", nodes.keys().lease());
            assertThat(purge(1, "lost-lease")).isEqualTo(1);
        }

        @Test
        void ofLargeEventsGoesInStepsAndLeavesNone() {
            String large = "x".repeat(300_000);
            for (int i = 0; i < 10; i++) {
                nodes.node(0).append(List.of(message("steps", large)));
            }
            nodes.age("steps", 9, Duration.ofDays(2));

            assertThat(purge(0, "steps")).isEqualTo(9);

            assertThat(Pages.all(nodes.node(1), "steps")).hasSize(1);
        }

        private long purge(int node, String channel) {
            return nodes.node(node).purge(name -> name.equals(channel) ? Duration.ofDays(1) : Duration.ofDays(365));
        }
    }

    /** Each in a database of its own, since it changes the numbers of all channels. */
    @Nested
    class Generations {

        @Test
        void beginAboveAllNumbersThereWere() {
            try (var others = new RedisNodes(server.url(1))) {
                numbersOfTheNextGenerationBeginAboveAllOthers(others);
            }
        }

        @Test
        void beginAnewInARedisThatWasEmptiedEvenBeforeAnybodyLooked() {
            try (var log = LogEntries.of(RedisIdentity.class);
                    var others = new RedisNodes(server.url(2))) {
                others.node(0).append(List.of(message("a", "1"), message("a", "2")));
                var before = others.node(1).identity();
                others.execute("FLUSHDB");

                long number = others.node(0)
                        .append(List.of(message("a", "3")))
                        .own()
                        .get(0)
                        .number();

                var after = others.node(1).identity();
                // One of each node that has seen it.
                assertThat(log.entries()).containsExactly("WARNING", "WARNING");
                assertThat(log.messages()).allMatch(text -> text.startsWith("Redis was emptied"));
                assertThat(after.id()).isNotEqualTo(before.id());
                assertThat(after.generation()).isEqualTo(before.generation() + 1);
                assertThat(number).isEqualTo(after.base() + 1);
                // Who was at 1 does not get 2.
                assertThat(others.node(2).after("a", 1, 10))
                        .extracting(StoredEvent::number)
                        .containsExactly(number);
                assertThat(others.node(2).heads(List.of("a")).get("a").oldest()).isEqualTo(number);
            }
        }

        @Test
        void areRaisedByWhoHasSeenMoreThanWhoSetAnEmptiedRedisUp() {
            try (var log = LogEntries.of(RedisIdentity.class);
                    var others = new RedisNodes(server.url(3))) {
                others.node(1).raiseGeneration(5);
                others.execute("FLUSHDB");

                assertThat(others.node(0).identity().generation()).isEqualTo(1);
                assertThat(others.node(1).identity().generation()).isEqualTo(6);
                assertThat(others.node(2).identity().generation()).isEqualTo(6);
                assertThat(log.entries()).containsExactly("WARNING", "WARNING", "WARNING");
            }
        }

        @Test
        void beginAnewWhereOnlyTheHeadsWereLost() {
            try (var log = LogEntries.of(RedisAppend.class);
                    var others = new RedisNodes(server.url(4))) {
                others.node(0).append(List.of(message("b", "1"), message("b", "2")));
                others.execute("DEL", others.keys().heads());

                List<StoredEvent> own = others.node(1)
                        .append(List.of(message("fresh", "x"), message("b", "3"), message("fresh", "y")))
                        .own();

                long base = others.node(0).identity().base();
                assertThat(base).isPositive();
                assertThat(log.messages()).singleElement().asString().startsWith("The counters of channels were lost");
                assertThat(own).extracting(StoredEvent::number).containsExactly(base + 1, base + 1, base + 2);
                // What was there stays, only nobody can be at its positions any more.
                assertThat(others.node(2).after("b", 0, 10))
                        .extracting(StoredEvent::data)
                        .containsExactly("1", "2", "3");
                assertThat(Pages.all(others.node(2), "fresh"))
                        .extracting(StoredEvent::data)
                        .containsExactly("x", "y");
            }
        }

        @Test
        void goOnWhereAStreamWasDeletedWithoutItsNumbersBeingGivenAgain() {
            try (var others = new RedisNodes(server.url(5))) {
                others.node(0).append(List.of(message("c", "1"), message("c", "2")));
                others.execute("DEL", others.keys().stream("c"));

                assertThat(others.node(0).append(List.of(message("c", "3"))).own())
                        .extracting(StoredEvent::number)
                        .containsExactly(3L);
                assertThat(others.node(1).heads(List.of("c")).get("c").oldest()).isEqualTo(3);
            }
        }
    }
}
