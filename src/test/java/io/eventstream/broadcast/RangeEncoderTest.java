package io.eventstream.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.config.EventStreamConfig.Tail;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RangeEncoderTest {

    private final ChannelTail tail = new ChannelTail(new Tail(1000, 10 << 20, Long.MAX_VALUE));
    private final RangeEncoder ranges = new RangeEncoder();
    private final Interest everything = TestNode.interest("c");

    private void append(String type, String text, String... skipUsers) {
        tail.append(TailEvent.unstored(tail.head() + 1, type, Set.of(skipUsers), text.getBytes(UTF_8)));
    }

    private String text(long from, long to, Interest interest) {
        return new String(ranges.range(tail, from, to, interest).bytes(), UTF_8);
    }

    @Test
    void joinsWhatIsPending() {
        append("a", "1");
        append("a", "2");
        append("a", "3");

        assertThat(text(1, 3, everything)).isEqualTo("23");
    }

    @Test
    void makesOneArrayForAllWhoAreAtThePosition() {
        append("a", "1");
        append("a", "2");

        byte[] first = ranges.range(tail, 0, 2, everything).bytes();

        assertThat(ranges.range(tail, 0, 2, TestNode.interest("c")).bytes()).isSameAs(first);
    }

    @Test
    void takesAtMost64KibibytesIntoOneWrite() {
        for (int i = 0; i < 10; i++) {
            append("a", "x".repeat(20_000));
        }

        EncodedRange range = ranges.range(tail, 0, 10, everything);

        assertThat(range.bytes()).hasSize(60_000);
        assertThat(range.reached()).isEqualTo(3);
    }

    @Test
    void takesOneEventHoweverLarge() {
        append("a", "x".repeat(200_000));
        append("a", "y");

        EncodedRange range = ranges.range(tail, 0, 2, everything);

        assertThat(range.bytes()).hasSize(200_000);
        assertThat(range.reached()).isEqualTo(1);
    }

    @Test
    void leavesOutOtherTypesButPassesThem() {
        append("a", "1");
        append("b", "2");
        append("a", "3");
        var onlyB = new Interest(Set.of("c"), Set.of("b"), TestNode.user(""));

        assertThat(text(0, 3, everything)).isEqualTo("123");
        assertThat(text(0, 3, onlyB)).isEqualTo("2");
        assertThat(ranges.range(tail, 0, 3, onlyB).reached()).isEqualTo(3);
    }

    @Test
    void givesUsersWhoAreSkippedARangeOfTheirOwn() {
        append("a", "1");
        append("a", "2", "alice");
        append("a", "3");
        var alice = new Interest(Set.of("c"), Set.of(), TestNode.user("alice"));
        var bob = new Interest(Set.of("c"), Set.of(), TestNode.user("bob"));

        assertThat(text(0, 3, alice)).isEqualTo("13");
        assertThat(text(0, 3, bob)).isEqualTo("123");
        assertThat(text(0, 3, alice)).isEqualTo("13");
        assertThat(text(0, 3, everything)).isEqualTo("123");
    }

    @Test
    void hasNothingWhereTheTailLacksAPart() {
        append("a", "1");
        append("a", "2");
        tail.forget(1);

        assertThat(ranges.range(tail, 0, 2, everything)).isNull();
        assertThat(text(1, 2, everything)).isEqualTo("2");
    }
}
