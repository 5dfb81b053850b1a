package io.eventstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Payara Micro of a test's own, which may kill it and start it again on the same port. One thread at a time. */
public final class OwnServer implements AutoCloseable {

    private final String name;
    private final Port port = PayaraMicroServer.claimPort();
    private int starts;
    private PayaraMicroServer server;

    /** Starts it; what it writes is kept under that name and the number of the start. */
    public OwnServer(String name) {
        this.name = name;
        this.server = begin();
    }

    private PayaraMicroServer begin() {
        starts++;
        return new PayaraMicroServer(directory(), port);
    }

    private String directory() {
        return name + "-" + starts;
    }

    /** {@return where an application of that name will be} */
    public URI at(String application) {
        return URI.create("http://127.0.0.1:" + port + "/" + application);
    }

    /** Deploys an application for as long as the process lives. */
    public void deploy(WebArchive war) {
        server.deploy(war);
    }

    /** {@return what it logs since it was started last} */
    public ServerLog log() {
        return server.process().log();
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        server.close();
        try {
            // As large as the server itself, and nobody's use.
            ServerProcess.deleteTree(ServerProcess.directory(directory()).resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again, without applications. */
    public void restart() {
        server = begin();
    }

    @Override
    public void close() {
        kill();
        port.close();
    }
}
