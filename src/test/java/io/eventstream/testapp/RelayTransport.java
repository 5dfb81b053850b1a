package io.eventstream.testapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.spi.EventTransport;
import io.eventstream.spi.TransportListener;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** An application's own transport: a connection to a relay, for both directions. Safe for use by many threads. */
@ApplicationScoped
public class RelayTransport implements EventTransport {

    private final int port;
    private volatile Socket connection;
    private volatile boolean closed;

    /** For the CDI client proxy; public, as JAX-RS wants it. */
    public RelayTransport() {
        this(0);
    }

    @Inject
    RelayTransport(@ConfigProperty(name = "relay.port") int port) {
        this.port = port;
    }

    @Override
    public void receive(TransportListener listener) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connection = socket;
            if (!closed) {
                listen(new DataInputStream(socket.getInputStream()), listener);
            }
        } catch (IOException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    private static void listen(DataInputStream in, TransportListener listener) throws IOException {
        // The first says that the relay knows of us.
        read(in);
        listener.connected();
        while (true) {
            listener.received(read(in));
        }
    }

    private static String read(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), UTF_8);
    }

    @Override
    public void publish(String text) throws IOException {
        Socket socket = connection;
        if (socket == null) {
            throw new IOException("There is no connection yet");
        }
        byte[] bytes = text.getBytes(UTF_8);
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
        Socket socket = connection;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is gone all the same.
        }
    }
}
