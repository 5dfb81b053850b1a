package io.eventstream.chaos;

import io.eventstream.testapp.ArtemisWars;
import io.eventstream.testapp.PostgresWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.OwnServer;
import java.net.URI;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** One server with the application, which hears the others by the broker at the end of its link. */
final class Node implements AutoCloseable {

    private static final String APPLICATION = "chaos";

    private final String kind;
    private final OwnServer server;
    private final Link link;
    private final WebArchive war;

    /** Starts a server of that kind, and the application on that database. */
    Node(String kind, String name, String databaseUrl, int brokerPort) {
        this.kind = kind;
        link = new Link(brokerPort);
        war = ArtemisWars.withClient(PostgresWars.on(
                databaseUrl,
                TestWars.of(APPLICATION)
                        .with("eventstream.publish.token", Publisher.TOKEN)
                        .with("eventstream.storage.create-tables", "true")
                        .with("eventstream.transport", "jms")
                        .with("eventstream.jms.broker-url", "tcp://127.0.0.1:" + link.near())));
        server = new OwnServer(kind, "chaos-" + name);
        server.deploy(war);
    }

    String kind() {
        return kind;
    }

    /** {@return where the application is} */
    URI base() {
        return server.at(APPLICATION);
    }

    Link link() {
        return link;
    }

    void kill() {
        server.kill();
    }

    /** Starts it again, with the application. */
    void restart() {
        server.restart();
        server.deploy(war);
    }

    void freeze() {
        server.freeze();
    }

    void thaw() {
        server.thaw();
    }

    @Override
    public void close() {
        server.close();
        link.close();
    }
}
