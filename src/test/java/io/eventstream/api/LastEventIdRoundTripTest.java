package io.eventstream.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LastEventIdRoundTripTest {

    @Property
    void readsWhatItWrote(@ForAll("positions") Map<String, Long> positions) {
        LastEventId id = LastEventId.of(positions);

        if (positions.isEmpty()) {
            assertThat(id.toString()).isEmpty();
        } else {
            assertThat(LastEventId.parse(id.toString())).isEqualTo(id);
        }
    }

    @Property
    void isAsciiThatFitsInAHeader(@ForAll("positions") Map<String, Long> positions) {
        assertThat(LastEventId.of(positions).toString()).matches("[A-Za-z0-9_.~/%:,-]*");
    }

    @Property
    void isSortedByChannel(@ForAll("positions") Map<String, Long> positions) {
        assertThat(new ArrayList<>(LastEventId.of(positions).positions().keySet()))
                .isSorted();
    }

    @Provide
    Arbitrary<Map<String, Long>> positions() {
        return Arbitraries.maps(UnicodeTexts.channels(), Arbitraries.longs().greaterOrEqual(0))
                .ofMaxSize(5);
    }
}
