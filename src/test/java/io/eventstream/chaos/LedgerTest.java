package io.eventstream.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is found to be wrong with what is stored. */
class LedgerTest {

    private static final String CHANNEL = Ledger.channel(0);
    private static final Message FIRST = new Message(Ledger.publisher(1, 0), 0);
    private static final Message SECOND = new Message(Ledger.publisher(1, 0), 1);

    private final Ledger ledger = new Ledger();

    private static Map<String, Map<Long, String>> stored(Map<Long, String> events) {
        return Map.of(CHANNEL, events);
    }

    @Test
    void isNothingWhereWhatWasAcknowledgedIsThereAndWhatHadNoAnswerAtMostOnce() {
        ledger.acknowledged(FIRST, CHANNEL, 1);
        ledger.unanswered(SECOND);

        assertThat(ledger.wrong(stored(Map.of(1L, FIRST.toString())))).isEmpty();
        assertThat(ledger.wrong(stored(Map.of(1L, FIRST.toString(), 2L, SECOND.toString()))))
                .isEmpty();
    }

    @Test
    void isAnAcknowledgedMessageThatIsNotThere() {
        ledger.acknowledged(FIRST, CHANNEL, 1);

        assertThat(ledger.wrong(Map.of())).hasSize(1);
        assertThat(ledger.wrong(stored(Map.of(1L, SECOND.toString())))).hasSize(1);
    }

    @Test
    void isAMessageThatIsThereTwice() {
        ledger.unanswered(FIRST);

        assertThat(ledger.wrong(stored(Map.of(1L, FIRST.toString(), 2L, FIRST.toString()))))
                .hasSize(1);
    }

    @Test
    void isANumberThatIsMissing() {
        assertThat(ledger.wrong(stored(Map.of(1L, FIRST.toString(), 3L, SECOND.toString()))))
                .hasSize(1);
    }

    @Test
    void isARefusedMessageThatIsThere() {
        ledger.refused(FIRST);

        assertThat(ledger.wrong(stored(Map.of(1L, FIRST.toString())))).hasSize(1);
    }

    @Test
    void isThatOneSendersMessagesChangedTheirOrder() {
        ledger.acknowledged(SECOND, CHANNEL, 1);
        ledger.acknowledged(FIRST, CHANNEL, 2);

        assertThat(ledger.wrong(stored(Map.of(1L, SECOND.toString(), 2L, FIRST.toString()))))
                .hasSize(1);
    }
}
