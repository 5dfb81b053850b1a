package io.eventstream.api;

import static io.eventstream.api.EventStreamMessageTest.absent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {

    @Nested
    class AChangeOfPermission {

        @Test
        void mayConcernEverybodyWhoIsNotSignedIn() {
            assertThat(new ChannelPermissionChanged("", "c").user()).isEmpty();
        }

        @Test
        void needsAChannelThatCanBe() {
            assertThatExceptionOfType(InvalidChannelException.class)
                    .isThrownBy(() -> new ChannelPermissionChanged("ann", " "))
                    .withMessage("The channel must not be blank, was \" \"");
        }

        @Test
        void needsBoth() {
            assertThatNullPointerException()
                    .isThrownBy(() -> new ChannelPermissionChanged(absent(), "c"))
                    .withMessage("user");
            assertThatNullPointerException()
                    .isThrownBy(() -> new ChannelPermissionChanged("ann", absent()))
                    .withMessage("channel");
        }
    }

    @Nested
    class AnEvent {

        @Test
        void needsAllItsParts() {
            assertThatNullPointerException()
                    .isThrownBy(() -> new StreamEvent(absent(), OptionalLong.empty(), "t", "d"))
                    .withMessage("channel");
            assertThatNullPointerException()
                    .isThrownBy(() -> new StreamEvent("c", absent(), "t", "d"))
                    .withMessage("id");
            assertThatNullPointerException()
                    .isThrownBy(() -> new StreamEvent("c", OptionalLong.of(1), absent(), "d"))
                    .withMessage("type");
            assertThatNullPointerException()
                    .isThrownBy(() -> new StreamEvent("c", OptionalLong.of(1), "t", absent()))
                    .withMessage("data");
        }
    }

    @Nested
    class AChannelsName {

        @Test
        void comesBackWhereItIsValid() {
            assertThat(InvalidChannelException.requireValid("a b")).isEqualTo("a b");
        }

        @Test
        void isRefusedWhereItIsNot() {
            assertThatExceptionOfType(InvalidChannelException.class)
                    .isThrownBy(() -> InvalidChannelException.requireValid(""));
        }
    }

    @Nested
    class AnException {

        @ParameterizedTest
        @MethodSource("io.eventstream.api.ValuesTest#exceptions")
        void saysWhatWasRefusedAndWhatToDo(EventStreamException exception, String message) {
            assertThat(exception).hasMessage(message);
        }

        @Test
        void carriesWhatItIsAbout() {
            var tooLarge = new DataTooLargeException("c", 11, 10);
            var cause = new IllegalStateException();
            var notEncodable = new DataNotEncodableException("c", "is odd", cause);

            assertThat(tooLarge.channel()).isEqualTo("c");
            assertThat(tooLarge.size()).isEqualTo(11);
            assertThat(tooLarge.limit()).isEqualTo(10);
            assertThat(notEncodable.channel()).isEqualTo("c");
            assertThat(notEncodable).hasCause(cause);
            assertThat(new SendRolledBackException("c").channel()).isEqualTo("c");
        }
    }

    static Stream<Arguments> exceptions() {
        return Stream.of(
                arguments(
                        new DataTooLargeException("c\n", 11, 10),
                        "The data of a message for the channel \"c\\u000a\" has 11 bytes;"
                                + " eventstream.max-event-size allows 10. Send less, or a link to it"),
                arguments(
                        new DataNotEncodableException("c", "is odd", null),
                        "The data of a message for the channel \"c\" is odd"),
                arguments(
                        new SendRolledBackException("c"),
                        "The transaction did not commit, so its message for the channel \"c\" was not sent"));
    }
}
