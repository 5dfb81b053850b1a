package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.api.ChannelPresence;
import io.eventstream.presence.PresenceReport;
import io.eventstream.spi.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

    private static final UUID NODE = new UUID(1, 2);
    private static final UUID STORAGE = new UUID(3, 4);
    private static final String HEAD = "{\"format\":1,\"origin\":\"00000000-0000-0001-0000-000000000002\","
            + "\"storage\":\"00000000-0000-0003-0000-000000000004\",\"sequence\":7,";

    private static TransportMessage message(Content content) {
        return new TransportMessage(NODE, STORAGE, 7, content);
    }

    private static Content.Event event(String data, String... skipUsers) {
        return new Content.Event(
                new StoredEvent("a\nb", 5, "message", data, Set.of(skipUsers), Instant.ofEpochMilli(1234)));
    }

    static Stream<Content> contents() {
        return Stream.of(
                event("{\"x\":1}\n\u2028 \u0000 é \uD83D\uDE00", "ann", "b,c"),
                event(""),
                new Content.Hint("a", 1_000_000_000_001L),
                new Content.Live("a", "info", "line\nline", Set.of("ann")),
                new Content.Permission(new ChannelPermissionChanged("", "c")),
                new Content.Presence(new PresenceReport.Changes(
                        3, List.of(presence("a", 2, "ann", "b\n\"b\""), presence("b", 0), presence("c", 1L << 40)))),
                new Content.Presence(new PresenceReport.Section(1, "", "", List.of())),
                new Content.Presence(
                        new PresenceReport.Section(2, "a", "c", List.of(presence("b", 1), presence("c", 1)))),
                new Content.LeftOut(),
                new Content.Alive());
    }

    private static ChannelPresence presence(String channel, long count, String... users) {
        return new ChannelPresence(channel, count, Set.of(users));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void whatIsWrittenComesBackAndIsOneLine(Content content) throws UnreadableMessageException {
        String line = MessageCodec.encode(message(content));

        assertThat(line).doesNotContain("\n", "\r").startsWith(HEAD);
        assertThat(MessageCodec.decode(line)).isEqualTo(message(content));
    }

    /** Nodes of another build of this version must read it. */
    @Test
    void anEventLooksLikeThis() {
        assertThat(MessageCodec.encode(message(event("x", "ann"))))
                .isEqualTo(HEAD + "\"kind\":\"event\",\"channel\":\"a\\nb\",\"id\":5,\"previous\":4,"
                        + "\"type\":\"message\",\"data\":\"x\",\"storedAt\":1234,\"skipUsers\":[\"ann\"]}");
    }

    @Test
    void anEventThatDoesNotFollowTheNumberBeforeItIsReadFromTheStorage() throws UnreadableMessageException {
        String line = MessageCodec.encode(message(event("x"))).replace("\"previous\":4", "\"previous\":2");

        assertThat(MessageCodec.decode(line).content()).isEqualTo(new Content.Hint("a\nb", 5));
    }

    /** What somebody adds later without changing what is there. */
    @Test
    void unknownFieldsAreLeftAlone() throws UnreadableMessageException {
        String line = MessageCodec.encode(message(new Content.Alive())).replace("}", ",\"new\":[{}]}");

        assertThat(MessageCodec.decode(line)).isEqualTo(message(new Content.Alive()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "[]",
                "null",
                "{}",
                "{\"format\":1}",
                "{\"format\":\"1\"}",
                "{\"format\":1e999999999}",
                "{\"format\":1,\"origin\":\"x\"}",
                HEAD + "\"kind\":7}",
                HEAD + "\"kind\":\"event\"}",
                HEAD + "\"kind\":\"hint\",\"channel\":\"a\",\"id\":0}",
                HEAD + "\"kind\":\"hint\",\"channel\":\"a\",\"id\":1.5}",
                HEAD + "\"kind\":\"hint\",\"channel\":\"a\",\"id\":1e30}",
                HEAD + "\"kind\":\"hint\",\"channel\":null,\"id\":1}",
                HEAD + "\"kind\":\"live\",\"channel\":\" \",\"type\":\"m\",\"data\":\"x\"}",
                HEAD + "\"kind\":\"live\",\"channel\":\"a\",\"type\":\"m\\ndata: y\",\"data\":\"x\"}",
                HEAD + "\"kind\":\"live\",\"channel\":\"a\",\"type\":\"stream-error\",\"data\":\"x\"}",
                HEAD + "\"kind\":\"live\",\"channel\":\"a\",\"type\":\"m\",\"data\":{}}",
                HEAD + "\"kind\":\"live\",\"channel\":\"a\",\"type\":\"m\",\"data\":\"x\",\"skipUsers\":\"ann\"}",
                HEAD + "\"kind\":\"live\",\"channel\":\"a\",\"type\":\"m\",\"data\":\"x\",\"skipUsers\":[1]}",
                HEAD + "\"kind\":\"presence\"}",
                HEAD + "\"kind\":\"presence\",\"version\":0,\"channels\":[]}",
                HEAD + "\"kind\":\"presence\",\"version\":1,\"channels\":[1]}",
                HEAD + "\"kind\":\"presence\",\"version\":1,\"channels\":[{\"channel\":\" \",\"count\":1}]}",
                HEAD + "\"kind\":\"presence\",\"version\":1,\"channels\":[{\"channel\":\"a\",\"count\":-1}]}",
                HEAD + "\"kind\":\"presence\",\"version\":1,\"channels\":"
                        + "[{\"channel\":\"a\",\"count\":1,\"users\":[\"ann\",\"bob\"]}]}",
                HEAD + "\"kind\":\"presence\",\"version\":1,\"channels\":"
                        + "[{\"channel\":\"a\",\"count\":1,\"users\":[\"\"]}]}",
                HEAD + "\"kind\":\"presence\",\"version\":1,\"after\":\"b\",\"until\":\"a\",\"channels\":[]}",
                HEAD + "\"kind\":\"presence\",\"version\":1,\"after\":\"b\",\"until\":\"\",\"channels\":"
                        + "[{\"channel\":\"a\",\"count\":1}]}",
            })
    void garbageIsRefused(String line) {
        assertThatExceptionOfType(UnreadableMessageException.class)
                .isThrownBy(() -> MessageCodec.decode(line))
                .withMessage("not a message of ours");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"format\":2}", "{\"format\":0,\"kind\":{}}"})
    void otherVersionsAreTold(String line) {
        assertThatExceptionOfType(UnreadableMessageException.class)
                .isThrownBy(() -> MessageCodec.decode(line))
                .withMessageMatching("of format [02], not 1");
    }

    @Test
    void anUnknownKindIsTold() {
        assertThatExceptionOfType(UnreadableMessageException.class)
                .isThrownBy(() -> MessageCodec.decode(HEAD + "\"kind\":\"news\"}"))
                .withMessage("of an unknown kind");
    }
}
