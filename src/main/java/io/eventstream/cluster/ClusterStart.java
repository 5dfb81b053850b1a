package io.eventstream.cluster;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Meets the other nodes while the application starts, where what it throws stops the deployment on every server. */
@WebListener
public class ClusterStart implements ServletContextListener {

    @Inject
    @SuppressWarnings("NullAway.Init") // the server makes listeners
    private ClusterNode node;

    private boolean started;

    /** For the server, which makes listeners. */
    public ClusterStart() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        node.start();
        started = true;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        // Open Liberty calls it after a start that was refused, too.
        if (started) {
            node.close();
        }
    }
}
