package io.eventstream.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The network between a node and the broker. Cut, it passes nothing on and closes nothing, so that both sides notice only
 * that the other one is silent; what was sent meanwhile comes when it is mended, as TCP would repeat it. Safe for use by many
 * threads.
 */
final class Link implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final int port;
    private final ServerSocket listening;
    private final Object lock = new Object();
    /** Guarded by the lock. */
    private boolean cut;

    /** To that port of 127.0.0.1. */
    Link(int port) {
        this.port = port;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    /** {@return where the node connects to, on 127.0.0.1} */
    int near() {
        return listening.getLocalPort();
    }

    void cut() {
        synchronized (lock) {
            cut = true;
        }
    }

    void mend() {
        synchronized (lock) {
            cut = false;
            lock.notifyAll();
        }
    }

    private void awaitWhole() throws InterruptedException {
        synchronized (lock) {
            while (cut) {
                lock.wait();
            }
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = listening.accept();
            run(() -> connect(near));
        }
    }

    private void connect(Socket near) throws IOException, InterruptedException {
        try (near) {
            awaitWhole();
            var far = new Socket(InetAddress.getLoopbackAddress(), port);
            run(() -> pass(far, near));
            pass(near, far);
        }
    }

    private void pass(Socket from, Socket to) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitWhole();
                out.write(buffer, 0, length);
            }
            // The end of a connection does not pass a cut network either.
            awaitWhole();
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void run(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // One of both sides was closed: the other is closed as well, and this thread ends.
                    }
                },
                "link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        mend();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
