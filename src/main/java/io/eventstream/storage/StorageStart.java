package io.eventstream.storage;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Opens the storage while the application starts. As a listener of the servlet context, since there the application has its
 * names on every server, and what it throws stops the deployment. On Payara, {@code @Initialized(ApplicationScoped.class)}
 * comes before the names.
 */
@WebListener
public class StorageStart implements ServletContextListener {

    @Inject
    @SuppressWarnings("NullAway.Init") // the server makes listeners
    private StoredMessages messages;

    private boolean started;

    /** For the server, which makes listeners. */
    public StorageStart() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        messages.start();
        started = true;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        // Open Liberty calls it after a start that was refused, too.
        if (started) {
            messages.close();
        }
    }
}
