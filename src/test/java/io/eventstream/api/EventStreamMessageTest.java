package io.eventstream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamMessageTest {

    @Nested
    class TheChannel {

        @ParameterizedTest
        @ValueSource(strings = {"a", "a/b", "a,b:c%", "é \uD83D\uDE00", " a ", "stream-open"})
        void mayHaveAnyCharacters(String channel) {
            assertThat(EventStreamMessage.of(channel, "message", 1).channel()).isEqualTo(channel);
        }

        @Test
        void mayHave255Characters() {
            assertThatNoException().isThrownBy(() -> EventStreamMessage.of("c".repeat(255), "message", 1));
        }

        @ParameterizedTest
        @MethodSource("io.eventstream.api.EventStreamMessageTest#refusedChannels")
        void isRefusedWithWhatItWas(String channel, String message) {
            assertThatExceptionOfType(InvalidChannelException.class)
                    .isThrownBy(() -> EventStreamMessage.of(channel, "message", 1))
                    .withMessage(message)
                    .satisfies(refused -> assertThat(refused.channel()).isEqualTo(channel));
        }

        @Test
        void mustNotBeNull() {
            assertThatNullPointerException()
                    .isThrownBy(() -> new EventStreamMessage(absent(), "message", 1, false, Set.of()))
                    .withMessage("channel");
        }
    }

    @Nested
    class TheType {

        @ParameterizedTest
        @ValueSource(strings = {"", "message", "a:b", " a", "é\uD83D\uDE00", "Stream-Open", "stream-open "})
        void mayHaveAnyCharactersOfOneLine(String type) {
            assertThat(EventStreamMessage.of("c", type, 1).type()).isEqualTo(type);
        }

        @Test
        void mayHave255Characters() {
            assertThatNoException().isThrownBy(() -> EventStreamMessage.of("c", "t".repeat(255), 1));
        }

        @ParameterizedTest
        @MethodSource("io.eventstream.api.EventStreamMessageTest#refusedTypes")
        void isRefusedWithWhatItWas(String type, String message) {
            assertThatExceptionOfType(InvalidTypeException.class)
                    .isThrownBy(() -> EventStreamMessage.of("c", type, 1))
                    .withMessage(message)
                    .satisfies(refused -> assertThat(refused.type()).isEqualTo(type));
        }

        @Test
        void mustNotBeNull() {
            assertThatNullPointerException()
                    .isThrownBy(() -> new EventStreamMessage("c", absent(), 1, false, Set.of()))
                    .withMessage("type");
        }
    }

    @Nested
    class TheData {

        @Test
        void mayBeNullAsJson() {
            EventStreamMessage message = EventStreamMessage.of("c", "t", null);

            assertThat(message.data()).isNull();
            assertThat(message.raw()).isFalse();
        }

        @Test
        void mayBeAnyTextWhereItIsRaw() {
            EventStreamMessage message = EventStreamMessage.raw("c", "t", new StringBuilder("a\nb"));

            assertThat(message.data()).hasToString("a\nb");
            assertThat(message.raw()).isTrue();
        }

        @ParameterizedTest
        @NullSource
        @MethodSource("io.eventstream.api.EventStreamMessageTest#noTexts")
        void mustBeTextWhereItIsRaw(Object data) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EventStreamMessage("c", "t", data, true, Set.of()))
                    .withMessage("Raw data must be text, was "
                            + (data == null ? "null" : data.getClass().getName()));
        }
    }

    @Nested
    class TheUsersToSkip {

        private final EventStreamMessage message = EventStreamMessage.raw("c", "t", "x");

        @Test
        void areNobodyAtFirst() {
            assertThat(message.skipUsers()).isEmpty();
        }

        @Test
        void areInANewMessage() {
            EventStreamMessage skipping = message.skipUsers("ann", "bob");

            assertThat(skipping.skipUsers()).containsExactlyInAnyOrder("ann", "bob");
            assertThat(message.skipUsers()).isEmpty();
            assertThat(skipping).isEqualTo(new EventStreamMessage("c", "t", "x", true, Set.of("bob", "ann")));
        }

        @Test
        void areCopied() {
            var users = new HashSet<>(Set.of("ann"));
            EventStreamMessage skipping = message.skipUsers(users);
            users.add("bob");

            assertThat(skipping.skipUsers()).containsExactly("ann").isUnmodifiable();
        }

        @Test
        void mayBeNamedTwice() {
            assertThat(message.skipUsers("ann", "ann").skipUsers()).containsExactly("ann");
            assertThat(message.skipUsers(List.of("ann", "ann")).skipUsers()).containsExactly("ann");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\t\n"})
        void mustNotBeBlank(String user) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message.skipUsers(user))
                    .withMessage("The name of a user to skip must not be blank, was [" + user + "]");
        }
    }

    static Stream<Arguments> refusedChannels() {
        return Stream.of(
                arguments("", "The channel must not be blank, was \"\""),
                arguments(" ", "The channel must not be blank, was \" \""),
                arguments("\t\n", "The channel must not be blank, was \"\\u0009\\u000a\""),
                arguments(
                        "c".repeat(256),
                        "The channel must have at most 255 characters (has 256), was \"" + "c".repeat(80) + "…\""),
                arguments("a\uD83D", "The channel must not hold half of a surrogate pair, was \"a\\ud83d\""),
                arguments(
                        "\uDE00\uD83D\uDE00",
                        "The channel must not hold half of a surrogate pair, was \"\\ude00\uD83D\uDE00\""));
    }

    static Stream<Arguments> refusedTypes() {
        return Stream.of(
                arguments("a\r", "The type must not hold line breaks or NUL, was \"a\\u000d\""),
                arguments("a\nevent: b", "The type must not hold line breaks or NUL, was \"a\\u000aevent: b\""),
                arguments("\0", "The type must not hold line breaks or NUL, was \"\\u0000\""),
                arguments(
                        "t".repeat(256),
                        "The type must have at most 255 characters (has 256), was \"" + "t".repeat(80) + "…\""),
                arguments(
                        "\uD83D\uDE00".repeat(128),
                        "The type must have at most 255 characters (has 256), was \""
                                + "\uD83D\uDE00".repeat(80)
                                + "…\""),
                arguments("stream-open", reserved("stream-open")),
                arguments("stream-reset", reserved("stream-reset")),
                arguments("stream-error", reserved("stream-error")),
                arguments("keep-alive", reserved("keep-alive")),
                arguments("\uD83Dx", "The type must not hold half of a surrogate pair, was \"\\ud83dx\""));
    }

    static Stream<Object> noTexts() {
        return Stream.of(1, List.of("x"), 'c');
    }

    private static String reserved(String type) {
        return "The type is one that the stream itself uses; take another, was \"" + type + "\"";
    }

    /** Null where the compiler cannot see it, as from an application that does not check. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    static <T> T absent() {
        return null;
    }
}
