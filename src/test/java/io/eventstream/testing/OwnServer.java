package io.eventstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server of a test's own, which may kill it and start it again on the same port. One thread at a time. */
public final class OwnServer implements AutoCloseable {

    /** As large as the server itself, and nobody's use once it has ended. */
    private static final List<String> LEFT_OVER = List.of("tmp", "base", "output");

    private final String name;
    private final Port port;
    private final BiFunction<String, Port, ServerUnderTest> kind;
    private int starts;
    private ServerUnderTest server;

    /** Starts one of the run's kind; what it writes is kept under that name and the number of the start. */
    public OwnServer(String name) {
        this(Servers.name(), name);
    }

    /** Starts one of that kind, whose home the build has to say. */
    public OwnServer(String kind, String name) {
        this(name, Servers.claimPort(kind), (directory, port) -> Servers.start(kind, directory, port));
    }

    private OwnServer(String name, Port port, BiFunction<String, Port, ServerUnderTest> kind) {
        this.name = name;
        this.port = port;
        this.kind = kind;
        this.server = begin();
    }

    /** Starts one that has a message broker of its own. */
    public static OwnServer withBroker(String name) {
        return new OwnServer(name, Servers.claimPort(Servers.name()), Servers::startWithBroker);
    }

    private ServerUnderTest begin() {
        starts++;
        return kind.apply(directory(), port);
    }

    private String directory() {
        return name + "-" + starts;
    }

    /** {@return where an application of that name will be} */
    public URI at(String application) {
        return URI.create("http://127.0.0.1:" + port + "/" + application);
    }

    /** Deploys an application for as long as the process lives, if nobody closes it before. */
    public Deployed deploy(WebArchive war) {
        return server.deploy(war);
    }

    /** {@return its process} */
    public JvmProbe jvm() {
        return server.process().jvm();
    }

    /** {@return the name of a datasource that this process needs one of its own for, see {@link ServerUnderTest}} */
    public Optional<String> defineDatasource(String url) {
        return server.defineDatasource(url);
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

    /** Stops it from doing anything, without closing a connection, as a machine that hangs. */
    public void freeze() {
        server.process().signal("STOP");
    }

    /** Ends that. */
    public void thaw() {
        server.process().signal("CONT");
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
