package io.eventstream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Between a client and a server: passes all bytes on, and knows how many connections there were. */
public final class CountingForwarder implements AutoCloseable {

    private final URI to;
    private final ServerSocket listening;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    /** Forwards to the server of that application. */
    public CountingForwarder(URI to) {
        this.to = to;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    /** {@return the application's address on this side} */
    public URI base() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + to.getRawPath());
    }

    /** {@return how many connections clients have made} */
    public int connections() {
        return accepted.size();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            accepted.add(client);
            var server = new Socket(to.getHost(), to.getPort());
            run(() -> pass(client, server));
            run(() -> pass(server, client));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of both sides was closed: the other is closed as well, and this thread ends.
                    }
                },
                "forwarder");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : accepted) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
