package io.eventstream.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client that something is wrong with is counted as. */
class SeenTest {

    private static final Map<Long, String> STORED = Map.of(1L, "a", 2L, "b", 3L, "c");

    private final Seen seen = new Seen();

    @Test
    void countsNothingWhereAllCameOnceAndInOrder() {
        see(1, 2, 3);

        assertThat(seen.lost(STORED)).isZero();
        assertThat(seen.repeated()).isZero();
        assertThat(seen.disordered()).isZero();
        assertThat(seen.delivered()).isEqualTo(3);
    }

    @Test
    void countsWhatIsMissingBetweenOthersOrAtTheEndAsLost() {
        see(2);

        assertThat(seen.lost(STORED)).isEqualTo(2);
    }

    @Test
    void countsAnotherEventInThePlaceOfOneAsLost() {
        seen.event(1, "b");
        seen.event(2, "b");
        seen.event(3, "c");

        assertThat(seen.lost(STORED)).isEqualTo(1);
    }

    @Test
    void countsWhatComesAgainAsRepeated() {
        see(1, 2, 3, 2);

        assertThat(seen.repeated()).isEqualTo(1);
    }

    @Test
    void countsWhatComesLateAsOutOfOrder() {
        see(1, 3, 2);

        assertThat(seen.disordered()).isEqualTo(1);
        assertThat(seen.lost(STORED)).isZero();
        assertThat(seen.repeated()).isZero();
    }

    @Test
    void doesNotCountWhatAResetHasSaidToBeMissing() {
        seen.reset(2);
        see(3);

        assertThat(seen.lost(STORED)).isZero();
    }

    private void see(long... ids) {
        for (long id : ids) {
            seen.event(id, STORED.get(id));
        }
    }
}
