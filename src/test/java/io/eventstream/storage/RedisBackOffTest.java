package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventstream.api.StorageUnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RedisBackOffTest {

    /** Near the end of its range, since that of the JVM may be anywhere. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);

    private final RedisBackOff backOff = new RedisBackOff(clock::get);
    private final Exception reason = new Exception("refused");

    private void assertWaits(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis) - 1);
        assertThatThrownBy(backOff::check)
                .isInstanceOf(StorageUnavailableException.class)
                .hasCause(reason);
        clock.addAndGet(1);
        assertThatCode(backOff::check).doesNotThrowAnyException();
    }

    @Test
    void lastsLongerWithEachFailureAndTwoSecondsAtMost() {
        for (long millis : new long[] {50, 100, 200, 400, 800, 1600, 2000, 2000}) {
            backOff.failed(reason);
            assertWaits(millis);
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        backOff.failed(reason);
        backOff.failed(reason);
        backOff.connected();
        assertThatCode(backOff::check).doesNotThrowAnyException();

        backOff.failed(reason);
        assertWaits(50);
    }
}
