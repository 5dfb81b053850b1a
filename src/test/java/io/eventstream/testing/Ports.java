package io.eventstream.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Looks for ports that nobody listens on. */
final class Ports {

    private Ports() {}

    /** {@return the first free one of that range} */
    static int free(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No port is free between " + first + " and " + last));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
