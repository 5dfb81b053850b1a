package io.eventstream.testing;

import java.net.URI;

/**
 * A deployed application, until it is closed.
 *
 * @param base its address, without a slash at the end
 * @param undeploy takes it away
 */
public record Deployed(URI base, Runnable undeploy) implements AutoCloseable {

    /** {@return the address of something in it} */
    public URI at(String path) {
        return URI.create(base + path);
    }

    /** Undeploys it; returns once that is done. */
    @Override
    public void close() {
        undeploy.run();
    }
}
