package io.eventstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who listens on a port. Linux says it; elsewhere everybody who answers is taken for the one that is asked about. */
final class Listener {

    private static final List<Path> SOCKETS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    /** In those tables: the columns of the own address, the state and the socket, and the state of one that listens. */
    private static final int ADDRESS = 1;

    private static final int STATE = 3;
    private static final int SOCKET = 9;
    private static final String LISTENS = "0A";

    private Listener() {}

    /**
     * {@return whether that process listens on that port; if not, nobody does}
     *
     * @throws IllegalStateException if another process listens there
     */
    static boolean is(long process, int port) {
        if (SOCKETS.stream().noneMatch(Files::isReadable)) {
            return isAnybody(port);
        }
        Set<String> listening = listening(port);
        if (listening.isEmpty()) {
            return false;
        }
        if (opened(process).anyMatch(listening::contains)) {
            return true;
        }
        // Not one that was closed while we looked: servers try by listening whether a port is free.
        if (!Collections.disjoint(listening(port), listening)) {
            throw new IllegalStateException("Another process than " + process + " listens on port " + port);
        }
        return false;
    }

    private static boolean isAnybody(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<String> listening(int port) {
        String address = String.format(":%04X", port);
        Set<String> sockets = new HashSet<>();
        for (Path table : SOCKETS) {
            try (Stream<String> lines = Files.exists(table) ? Files.lines(table) : Stream.empty()) {
                lines.map(line -> line.trim().split("\\s+"))
                        .filter(socket -> socket[ADDRESS].endsWith(address) && socket[STATE].equals(LISTENS))
                        .forEach(socket -> sockets.add("socket:[" + socket[SOCKET] + "]"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sockets;
    }

    /** {@return what that process has open; nothing, once it has ended} */
    private static Stream<String> opened(long process) {
        String[] files = Path.of("/proc", Long.toString(process), "fd").toFile().list();
        return files == null ? Stream.empty() : Arrays.stream(files).map(file -> target(process, file));
    }

    private static String target(long process, String file) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process), "fd", file))
                    .toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}
