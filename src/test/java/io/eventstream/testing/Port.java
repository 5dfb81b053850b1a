package io.eventstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A port of 127.0.0.1 that nobody listened on when it was claimed, and that no other run of the tests claims until this one
 * is closed or its JVM ends, whether a server listens on it at the moment or not.
 */
public final class Port implements AutoCloseable {

    /**
     * Another port is bound as the sign of the claim, because the system takes that back however the JVM ends. Not 10,000
     * above: a Redis in cluster mode listens there too.
     */
    private static final int SIGN = 9_000;

    private final int number;
    private final ServerSocket sign;

    private Port(int number, ServerSocket sign) {
        this.number = number;
        this.sign = sign;
    }

    /**
     * The first of a range that is free.
     *
     * @throws IllegalStateException if none is
     */
    static Port claim(int first, int last) {
        for (int number = first; number <= last; number++) {
            try {
                ServerSocket sign = bind(number + SIGN);
                if (isFree(number)) {
                    return new Port(number, sign);
                }
                sign.close();
            } catch (IOException e) {
                // It is another run's.
            }
        }
        throw new IllegalStateException("No port is free between " + first + " and " + last);
    }

    private static boolean isFree(int number) {
        try (var socket = bind(number)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bind(int number) throws IOException {
        return new ServerSocket(number, 1, InetAddress.getLoopbackAddress());
    }

    /** {@return its number} */
    public int number() {
        return number;
    }

    /** {@return whether nobody listens there} */
    boolean isFree() {
        return isFree(number);
    }

    /** Lets others have it. */
    @Override
    public void close() {
        try {
            sign.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
