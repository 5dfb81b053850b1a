package io.eventstream.cluster;

import static io.eventstream.cluster.Origins.Arrival.AFTER_GAP;
import static io.eventstream.cluster.Origins.Arrival.NEXT;
import static io.eventstream.cluster.Origins.Arrival.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class OriginsTest {

    private static final UUID NODE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final Origins origins = new Origins();

    @Test
    void theFirstEventOfANodeMissesNothingSinceNobodyListenedBefore() {
        assertThat(origins.event(NODE, 9)).isEqualTo(NEXT);
        assertThat(origins.event(NODE, 10)).isEqualTo(NEXT);
    }

    @Test
    void eachNodeCountsForItself() {
        origins.event(NODE, 1);

        assertThat(origins.event(OTHER, 1)).isEqualTo(NEXT);
        assertThat(origins.event(NODE, 2)).isEqualTo(NEXT);
    }

    @Test
    void aRepeatIsKnownAndSoIsALateOne() {
        origins.event(NODE, 1);
        assertThat(origins.event(NODE, 3)).isEqualTo(AFTER_GAP);

        assertThat(origins.event(NODE, 3)).isEqualTo(REPEATED);
        assertThat(origins.event(NODE, 2)).isEqualTo(REPEATED);
        assertThat(origins.event(NODE, 4)).isEqualTo(NEXT);
    }

    @Test
    void otherMessagesTellOfALossAtTheEnd() {
        origins.event(NODE, 1);
        assertThat(origins.message(NODE, 1)).isEqualTo(NEXT);
        assertThat(origins.message(NODE, 2)).isEqualTo(AFTER_GAP);

        assertThat(origins.message(NODE, 1)).isEqualTo(NEXT);
        assertThat(origins.message(NODE, 2)).isEqualTo(NEXT);
        assertThat(origins.event(NODE, 2)).isEqualTo(REPEATED);
        assertThat(origins.event(NODE, 3)).isEqualTo(NEXT);
    }

    @Test
    void whatWasLostWithTheConnectionIsNoNewsButARepeatIsStillOne() {
        origins.event(NODE, 1);
        origins.connected();

        assertThat(origins.event(NODE, 1)).isEqualTo(REPEATED);
        assertThat(origins.event(NODE, 5)).isEqualTo(NEXT);
        assertThat(origins.event(NODE, 7)).isEqualTo(AFTER_GAP);
    }

    @Test
    void nodesThatWereNotHeardOfForLongestAreForgotten() {
        origins.event(NODE, 1);
        for (int i = 0; i < 1000; i++) {
            origins.event(new UUID(1, i), 1);
        }

        assertThat(origins.event(NODE, 1)).isEqualTo(NEXT);
        assertThat(origins.event(new UUID(1, 999), 1)).isEqualTo(REPEATED);
    }
}
