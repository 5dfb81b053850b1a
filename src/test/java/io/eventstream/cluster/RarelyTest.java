package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RarelyTest {

    private final AtomicLong clock = new AtomicLong(-5);
    private final List<String> told = new ArrayList<>();
    private final Rarely rarely = new Rarely("Skipped", clock::get, told::add);

    @Test
    void tellsTheFirstAtOnceAndTheOthersOnceAMinute() {
        rarely.happened("a");
        rarely.happened("b");
        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        rarely.happened("c");
        assertThat(told).containsExactly("Skipped: 1. The last one: a");

        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        rarely.happened("d");

        assertThat(told).containsExactly("Skipped: 1. The last one: a", "Skipped: 3. The last one: d");
    }
}
