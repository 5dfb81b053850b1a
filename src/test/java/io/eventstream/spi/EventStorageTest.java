package io.eventstream.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventstream.api.StorageUnavailableException;
import io.eventstream.testing.MemoryStorage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventStorageTest {

    @Nested
    class OneThatImplementsNothingOfTransactions {

        private final MemoryStorage storage = new MemoryStorage();

        @Test
        void joinsNone() {
            assertThat(storage.joins()).isFalse();
            assertThatIllegalStateException()
                    .isThrownBy(() -> storage.join(new EncodedMessage("c", "message", "1", Set.of())));
        }

        @Test
        void hasNothingThatWaitsForANumber() {
            storage.append("c", "1");

            assertThat(storage.unnumbered()).isEmpty();
            assertThat(storage.number(Set.of("c"), 1)).isEmpty();
            assertThat(storage.numbers(List.of(1L))).isEmpty();
        }

        @Test
        void tellsWhoPollsOfAnOutage() {
            storage.breakDown();

            assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(storage::unnumbered);
        }
    }
}
