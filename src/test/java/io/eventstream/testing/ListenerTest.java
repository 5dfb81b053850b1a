package io.eventstream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ListenerTest {

    private static final long OURS = ProcessHandle.current().pid();

    @Test
    void isTheProcessThatListens() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Listener.is(OURS, server.getLocalPort())).isTrue();
        }
    }

    @Test
    void isNobodyWhereAPortIsOnlyTheOtherEndOfAConnection() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            assertThat(Listener.is(OURS, client.getLocalPort())).isFalse();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere nothing says whose a socket is
    void isNotTakenForAnotherProcess() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Listener.is(other.pid(), server.getLocalPort()))
                    .withMessage("Another process than " + other.pid() + " listens on port " + server.getLocalPort());
        } finally {
            other.destroyForcibly();
        }
    }
}
