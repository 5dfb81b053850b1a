package io.eventstream.broadcast;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Writes through the response's own non-blocking stream (Servlet 6.0, 5.7 "Writing without blocking").
 *
 * <p>Once {@code isReady} was false nobody touches the stream until {@code onWritePossible}; after {@link #complete}
 * it holds neither stream nor response, since the server gives both to other requests.
 */
final class StreamSink implements Sink, WriteListener, AsyncListener {

    private static final Logger LOG = System.getLogger(StreamSink.class.getName());

    private final Subscriber subscriber;
    private final boolean mayBlock;
    private volatile @Nullable Runnable end;
    private volatile @Nullable ServletOutputStream out;
    /** True until onWritePossible; the first call of it says that the stream is there. */
    private volatile boolean waiting = true;

    private StreamSink(Subscriber subscriber, boolean mayBlock, Runnable end, ServletOutputStream out) {
        this.subscriber = subscriber;
        this.mayBlock = mayBlock;
        this.end = end;
        this.out = out;
    }

    static void open(AsyncContext context, Runnable end, Subscriber subscriber) throws IOException {
        ServletOutputStream out = context.getResponse().getOutputStream();
        var sink = new StreamSink(subscriber, mayBlock(context), end, out);
        StreamRequests.assign(context.getRequest(), subscriber);
        subscriber.start(sink);
        context.addListener(sink);
        out.setWriteListener(sink);
    }

    /** On Open Liberty isReady is always true, and a write waits for the peer (docs/servers.md). */
    private static boolean mayBlock(AsyncContext context) {
        return context.getRequest().getServletContext().getServerInfo().contains("Liberty");
    }

    @Override
    public boolean ready() {
        ServletOutputStream stream = out;
        if (waiting || stream == null) {
            return false;
        }
        // Before the question: onWritePossible may come on another thread before its answer is back here.
        waiting = true;
        if (!stream.isReady()) {
            return false;
        }
        waiting = false;
        return true;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        stream().write(bytes);
    }

    @Override
    public void flush() throws IOException {
        stream().flush();
    }

    private ServletOutputStream stream() throws IOException {
        ServletOutputStream stream = out;
        if (stream == null) {
            throw new IOException("The response is complete");
        }
        return stream;
    }

    @Override
    public void complete(Ending ending, @Nullable Exception failure) {
        Runnable completion = end;
        end = null;
        out = null;
        if (completion != null) {
            try {
                completion.run();
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "The server has completed the response already, on finding the peer gone", e);
            }
        }
    }

    @Override
    public boolean mayBlock() {
        return mayBlock;
    }

    @Override
    public void onWritePossible() {
        waiting = false;
        subscriber.wake();
    }

    @Override
    public void onError(Throwable failure) {
        subscriber.end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        subscriber.end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        subscriber.end();
    }

    @Override
    public void onError(AsyncEvent event) {
        subscriber.end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it again: the context is ours.
    }
}
