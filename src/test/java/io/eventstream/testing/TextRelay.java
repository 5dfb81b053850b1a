package io.eventstream.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The least that can carry texts between processes: each that comes on a connection goes to all. A text is its length in bytes
 * and its bytes; the first that a connection gets is an empty one. Safe for use by many threads.
 */
public final class TextRelay implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** Listens on a port of 127.0.0.1 that the system chooses. */
    public TextRelay() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("relay", this::accept);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                write(connection, new byte[0]);
                start("relay-connection", () -> relay(connection));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void relay(Socket connection) {
        try (connection) {
            var in = new DataInputStream(connection.getInputStream());
            while (true) {
                byte[] text = in.readNBytes(in.readInt());
                for (Socket each : connections) {
                    write(each, text);
                }
            }
        } catch (IOException e) {
            // Whoever it was has gone.
        } finally {
            connections.remove(connection);
        }
    }

    private synchronized void write(Socket connection, byte[] text) {
        try {
            var out = new DataOutputStream(connection.getOutputStream());
            out.writeInt(text.length);
            out.write(text);
        } catch (IOException e) {
            // The thread that reads from it sees to that.
        }
    }

    /** {@return where it listens} */
    public int port() {
        return server.getLocalPort();
    }

    /** {@return how many are connected} */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
