package io.eventstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server of a test's own, which may kill it and start it again on the same port. One thread at a time. */
public final class OwnServer implements AutoCloseable {

    /** As large as the server itself, and nobody's use once it has ended. */
    private static final List<String> LEFT_OVER = List.of("tmp", "base", "output");

    private final String name;
    private final Port port = Servers.claimPort();
    private int starts;
    private ServerUnderTest server;

    /** Starts it; what it writes is kept under that name and the number of the start. */
    public OwnServer(String name) {
        this.name = name;
        this.server = begin();
    }

    private ServerUnderTest begin() {
        starts++;
        return Servers.start(directory(), port);
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
            for (String folder : LEFT_OVER) {
                ServerProcess.deleteTree(ServerProcess.directory(directory()).resolve(folder));
            }
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
