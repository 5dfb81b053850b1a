package io.eventstream.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.config.EventStreamConfig.Tail;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChannelTailTest {

    private static ChannelTail tail(int events, long bytes) {
        return new ChannelTail(new Tail(events, bytes, Long.MAX_VALUE));
    }

    private static long append(ChannelTail tail, String text) {
        return tail.append(TailEvent.unstored(tail.head() + 1, "message", Set.of(), text.getBytes(UTF_8)));
    }

    private static String text(ChannelTail tail, long number) {
        TailEvent event = tail.at(number);
        return event == null ? "" : new String(event.bytes(), UTF_8);
    }

    @Test
    void numbersItsEventsFromOne() {
        ChannelTail tail = tail(10, 1000);

        assertThat(tail.head()).isZero();
        append(tail, "a");
        append(tail, "b");

        assertThat(tail.head()).isEqualTo(2);
        assertThat(text(tail, 1)).isEqualTo("a");
        assertThat(text(tail, 2)).isEqualTo("b");
        assertThat(tail.at(3)).isNull();
    }

    @Nested
    class WhenItIsFull {

        @Test
        void letsGoOfTheOldestByCount() {
            ChannelTail tail = tail(3, 1000);
            for (int i = 1; i <= 100; i++) {
                append(tail, "e" + i);
            }

            assertThat(tail.at(97)).isNull();
            assertThat(text(tail, 98)).isEqualTo("e98");
            assertThat(text(tail, 100)).isEqualTo("e100");
            assertThat(tail.size()).isEqualTo(3);
        }

        @Test
        void letsGoOfTheOldestByBytes() {
            ChannelTail tail = tail(1000, 10);
            append(tail, "1234");
            append(tail, "5678");
            append(tail, "9abc");

            assertThat(tail.at(1)).isNull();
            assertThat(text(tail, 2)).isEqualTo("5678");
            assertThat(tail.bytes()).isEqualTo(8);
        }

        @Test
        void keepsTheNewestHoweverLarge() {
            ChannelTail tail = tail(5, 10);
            append(tail, "small");
            append(tail, "x".repeat(1000));

            assertThat(tail.at(1)).isNull();
            assertThat(text(tail, 2)).hasSize(1000);
        }

        @Test
        void neverShowsAnotherEventInTheSlotOfOneThatIsGone() {
            // A reader who was overtaken asks for number 1, whose slot now belongs to a later one.
            ChannelTail tail = tail(4, 1000);
            for (int i = 1; i <= 5; i++) {
                append(tail, "e" + i);
            }

            assertThat(tail.at(1)).isNull();
            assertThat(text(tail, 5)).isEqualTo("e5");
        }
    }

    @Test
    void saysByHowManyBytesItGrewAndShrank() {
        ChannelTail tail = tail(2, 1000);

        assertThat(append(tail, "1234")).isEqualTo(4);
        assertThat(append(tail, "12")).isEqualTo(2);
        assertThat(append(tail, "1")).isEqualTo(-3);
        assertThat(tail.forget(2)).isEqualTo(2);
        assertThat(tail.forget(2)).isZero();
        assertThat(tail.bytes()).isEqualTo(1);
    }

    @Test
    void goesOnCountingAfterEverythingWasForgotten() {
        ChannelTail tail = tail(10, 1000);
        append(tail, "a");
        tail.forget(tail.head());

        append(tail, "b");

        assertThat(tail.head()).isEqualTo(2);
        assertThat(tail.at(1)).isNull();
        assertThat(text(tail, 2)).isEqualTo("b");
    }

    @Test
    void showsReadersWhoAreOvertakenNothingWrong() {
        ChannelTail tail = tail(16, 1 << 20);
        var done = new AtomicBoolean();
        CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> {
            long read = 0;
            while (!done.get()) {
                long head = tail.head();
                for (long number = Math.max(1, head - 20); number <= head; number++) {
                    TailEvent event = tail.at(number);
                    if (event != null) {
                        assertThat(new String(event.bytes(), UTF_8)).isEqualTo("e" + number);
                        read++;
                    }
                }
            }
            return read;
        });

        for (int i = 1; i <= 200_000; i++) {
            append(tail, "e" + i);
        }
        done.set(true);

        assertThat(reader.join()).isNotNegative();
    }
}
