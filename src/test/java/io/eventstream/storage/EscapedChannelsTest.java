package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.spi.EventStorage;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EscapedChannelsTest {

    /** Else the interface's own answer would hide the storage's. */
    @Test
    void passOnEverythingThatAStorageIsAsked() {
        assertThat(EventStorage.class.getMethods())
                .extracting(Method::getName)
                .isSubsetOf(Arrays.stream(EscapedChannels.class.getDeclaredMethods())
                        .map(Method::getName)
                        .toList());
    }
}
