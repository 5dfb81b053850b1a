package io.eventstream.testing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Streams on a node that has room for few ({@code eventstream.max-subscribers}). Who gets a stream there has the place of
 * one that has ended, so this is how to see from outside that the node knows of an end. One thread at a time.
 */
public final class Places implements AutoCloseable {

    private final URI base;
    private final String path;
    private final List<RawHttp> taken = new ArrayList<>();

    /** None yet; streams will be of that path. */
    public Places(URI base, String path) {
        this.base = base;
        this.path = path;
    }

    /** Takes all that are free. {@return how many it has now} */
    public int take() {
        while (takeOne()) {
            // Until the node is full.
        }
        return taken.size();
    }

    private boolean takeOne() {
        var stream = RawHttp.get(base, path);
        if (stream.status() == 200) {
            taken.add(stream.awaitOpen());
            return true;
        }
        stream.close();
        if (stream.status() != 503) {
            throw new AssertionError("Neither a stream nor a full node, but status " + stream.status());
        }
        return false;
    }

    /** {@return the streams it has} */
    public List<RawHttp> taken() {
        return taken;
    }

    @Override
    public void close() {
        taken.forEach(RawHttp::close);
    }
}
