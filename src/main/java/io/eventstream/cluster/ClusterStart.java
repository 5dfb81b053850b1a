package io.eventstream.cluster;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Meets the other nodes, and reads the queue, while the application starts, where what it throws stops the deployment on every server. */
@WebListener
public class ClusterStart implements ServletContextListener {

    @Inject
    @SuppressWarnings("NullAway.Init") // the server makes listeners
    private ClusterNode node;

    @Inject
    @SuppressWarnings("NullAway.Init") // the server makes listeners
    private QueueReader queue;

    private boolean started;

    /** For the server, which makes listeners. */
    public ClusterStart() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        node.start();
        queue.start();
        started = true;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        // Open Liberty calls it after a start that was refused, too.
        if (started) {
            queue.close();
            node.close();
        }
    }
}
