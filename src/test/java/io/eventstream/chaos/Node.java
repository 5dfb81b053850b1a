package io.eventstream.chaos;

import io.eventstream.testapp.ArtemisWars;
import io.eventstream.testapp.PostgresWars;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.OwnServer;
import io.eventstream.testing.Wars;
import java.net.URI;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** One server with the application, which hears the others by the broker at the end of its link. */
final class Node implements AutoCloseable {

    private static final String APPLICATION = "chaos";

    private final String kind;
    private final OwnServer server;
    private final Link link;
    private final String databaseUrl;

    /** Starts a server of that kind, and the application on that database. */
    Node(String kind, String name, String databaseUrl, int brokerPort) {
        this.kind = kind;
        link = new Link(brokerPort);
        this.databaseUrl = databaseUrl;
        server = new OwnServer(kind, "chaos-" + name);
        deploy();
    }

    private void deploy() {
        Wars application = TestWars.of(APPLICATION)
                .with("eventstream.publish.token", Publisher.TOKEN)
                .with("eventstream.storage.create-tables", "true")
                .with("eventstream.transport", "jms")
                .with("eventstream.jms.broker-url", "tcp://127.0.0.1:" + link.near());
        WebArchive war = server.defineDatasource(databaseUrl)
                .map(datasource -> PostgresWars.onDatasource(datasource, application))
                .orElseGet(() -> PostgresWars.on(databaseUrl, application));
        server.deploy(ArtemisWars.withClient(war));
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
        deploy();
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
