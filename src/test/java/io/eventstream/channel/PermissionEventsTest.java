package io.eventstream.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.ChannelPermissionChanged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionEventsTest {

    @ParameterizedTest
    @CsvSource({"ann, a", "'', a", "ann b, a b", "'a+b%', 'ü/\uD83D\uDE00,:'"})
    void aChangeComesBack(String user, String channel) {
        var changed = new ChannelPermissionChanged(user, channel);

        assertThat(PermissionEvents.parse(PermissionEvents.message(changed).data()))
                .contains(changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b c", "a %", "a %zz", "a +", "a "})
    void whatIsNoneOfOursIsNoChange(String data) {
        assertThat(PermissionEvents.parse(data)).isEmpty();
    }

    @Test
    void itsChannelIsReserved() {
        assertThat(PermissionEvents.message(new ChannelPermissionChanged("ann", "a"))
                        .channel())
                .isEqualTo(PermissionEvents.CHANNEL);
    }
}
