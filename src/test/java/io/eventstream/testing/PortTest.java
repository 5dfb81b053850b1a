package io.eventstream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other runs on this machine may test the same in the same range. */
class PortTest {

    private static final int FIRST = 18900;
    private static final int LAST = 18999;

    @Test
    void isClaimedByOneAloneUntilItIsClosed() {
        int number;
        try (var port = Port.claim(FIRST, LAST);
                var other = Port.claim(FIRST, LAST)) {
            number = port.number();

            assertThat(other.number()).isNotEqualTo(number);
            assertThatIllegalStateException()
                    .isThrownBy(() -> Port.claim(port.number(), port.number()))
                    .withMessage("No port is free between " + number + " and " + number);
        }
        await().ignoreExceptions()
                .untilAsserted(() -> Port.claim(number, number).close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void isNotOneThatSomebodyListensOn(String address) throws Exception {
        ServerSocket server;
        try (var port = Port.claim(FIRST, LAST)) {
            server = new ServerSocket(port.number(), 1, InetAddress.getByName(address));
        }
        try (server) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Port.claim(server.getLocalPort(), server.getLocalPort()));
        }
    }

    @Test
    void canBeListenedOnByItsOwner() throws Exception {
        try (var port = Port.claim(FIRST, LAST);
                var server = new ServerSocket(port.number(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(server.isBound()).isTrue();
        }
    }
}
