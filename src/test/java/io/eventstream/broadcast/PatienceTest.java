package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final Patience patience = new Patience();

    private void stuck(int times) {
        IntStream.range(0, times).forEach(i -> patience.stuck());
    }

    private void moving(int looks) {
        IntStream.range(0, looks).forEach(i -> patience.moving());
    }

    @Test
    void lastsTwentyMillisecondsAtFirst() {
        assertThat(patience.isOver(3)).isFalse();
        assertThat(patience.isOver(4)).isTrue();
        assertThat(4 * patience.pause()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void isShorterTheMoreAreStuckInARow() {
        long[] pauses = IntStream.range(0, 6)
                .mapToLong(i -> {
                    patience.stuck();
                    assertThat(patience.isOver(1)).isTrue();
                    return patience.pause();
                })
                .toArray();

        assertThat(pauses).containsExactly(1_000_000, 500_000, 250_000, 125_000, 125_000, 125_000);
    }

    @Test
    void comesBackStepByStepWhileNobodyIsStuck() {
        stuck(3);
        moving(19);
        assertThat(patience.pause()).isEqualTo(250_000);

        moving(1);
        assertThat(patience.pause()).isEqualTo(500_000);

        moving(100);
        assertThat(patience.pause()).isEqualTo(5_000_000);
        assertThat(patience.isOver(3)).isFalse();
    }

    @Test
    void countsWhatMovesFromTheLastStuckOne() {
        stuck(1);
        moving(19);
        stuck(1);
        moving(19);

        assertThat(patience.pause()).isEqualTo(500_000);
    }

    @Test
    void isLongerAgainOnceOneWasGivenUpByMistake() {
        stuck(10);

        patience.mistaken();
        assertThat(patience.pause()).isEqualTo(500_000);
        assertThat(patience.pause()).isEqualTo(500_000);

        patience.mistaken();
        patience.pause();
        patience.mistaken();
        assertThat(patience.pause()).isEqualTo(5_000_000);
    }
}
