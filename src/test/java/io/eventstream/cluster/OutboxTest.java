package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.spi.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OutboxTest {

    private final Outbox outbox = new Outbox(4, 100);

    private static StoredEvent event(long number, String data) {
        return new StoredEvent("a", number, "message", data, Set.of(), Instant.EPOCH);
    }

    private void live(int count) {
        IntStream.range(0, count).forEach(i -> outbox.live("a", "message", "x", Set.of()));
    }

    private List<Outgoing> taken() {
        return outbox.take(100, Duration.ZERO);
    }

    @Test
    void givesInOrderWithTheSequenceAsOfThen() {
        outbox.stored(List.of(event(1, "x")));
        live(2);
        outbox.stored(List.of(event(2, "x")));

        assertThat(taken()).extracting(Outgoing::sequence).containsExactly(0L, 1L, 2L, 2L);
    }

    @Test
    void givesWhatIsAskedForAndTheRestTheNextTime() {
        live(3);

        assertThat(outbox.take(2, Duration.ZERO)).hasSize(2);
        assertThat(taken()).hasSize(1);
    }

    @Test
    void tellsThatTheNodeIsThereWhereNothingHasCome() {
        live(1);
        taken();

        assertThat(taken()).containsExactly(new Outgoing(1, new Content.Alive()));
    }

    @Test
    void letsWhoeverTakesWaitForTheFirst() {
        var taken = CompletableFuture.supplyAsync(() -> outbox.take(100, Duration.ofMinutes(1)));
        live(1);

        assertThat(taken.join()).extracting(Outgoing::sequence).containsExactly(1L);
    }

    @Nested
    class WhereNotEverythingFits {

        @Test
        void leavesOutTheNewestTellsSoAndGoesOn() {
            live(6);

            assertThat(taken()).extracting(Outgoing::sequence).containsExactly(1L, 2L, 3L, 4L, 6L);
            live(1);
            assertThat(taken()).extracting(Outgoing::sequence).containsExactly(7L);
        }

        @Test
        void countsCharactersButTakesAnyOneAlone() {
            outbox.stored(List.of(event(1, "x".repeat(200)), event(2, "")));

            assertThat(taken())
                    .extracting(Outgoing::content)
                    .containsExactly(new Content.Event(event(1, "x".repeat(200))), new Content.LeftOut());
        }
    }

    @Nested
    class Packed {

        private final UUID node = new UUID(0, 1);

        private List<String> pack(int largest) {
            return new Packing(node, largest, new Rarely("", System::nanoTime, text -> {}))
                    .pack(taken(), TransportMessage.NO_STORAGE);
        }

        private List<Content> contents(List<String> texts) {
            return texts.stream()
                    .flatMap(String::lines)
                    .map(line -> {
                        try {
                            return MessageCodec.decode(line).content();
                        } catch (UnreadableMessageException e) {
                            throw new AssertionError(line, e);
                        }
                    })
                    .toList();
        }

        @Test
        void goesTogetherAsFarAsTheTransportTakesIt() {
            live(4);
            List<String> texts = pack(500);

            assertThat(texts).hasSizeBetween(2, 3).allMatch(text -> text.length() <= 500);
            assertThat(contents(texts)).hasSize(4);
        }

        @Test
        void anEventThatIsTooLargeIsAnnouncedByItsNumber() {
            outbox.stored(List.of(event(3, "x".repeat(600))));

            assertThat(contents(pack(500))).containsExactly(new Content.Hint("a", 3));
        }

        @Test
        void aLiveEventThatIsTooLargeIsMissedByItsSequence() {
            outbox.live("a", "message", "x".repeat(600), Set.of());

            assertThat(pack(500)).isEmpty();
            assertThat(taken()).containsExactly(new Outgoing(1, new Content.Alive()));
        }
    }

    @Test
    void givesTheRestOnceItIsClosedThenNothing() {
        live(1);
        outbox.close();

        assertThat(outbox.take(100, Duration.ofMinutes(1))).hasSize(1);
        assertThat(outbox.take(100, Duration.ofMinutes(1))).isEmpty();
    }
}
