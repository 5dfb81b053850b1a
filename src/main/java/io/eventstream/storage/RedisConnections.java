package io.eventstream.storage;

import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.config.RedisSettings;
import io.eventstream.storage.RedisLink.LostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections to Redis, made when they are needed, and the exceptions for what fails. It has no thread, so nothing of it
 * outlives the application. Safe for use by many threads.
 */
final class RedisConnections implements AutoCloseable {

    private static final int MOST = 16;

    /** What was not used for so long is tried first, so that a sender rarely finds a connection that has ended. */
    private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RedisSettings settings;
    private final RedisBackOff backOff = new RedisBackOff(System::nanoTime);
    private final Semaphore permits = new Semaphore(MOST, true);
    private final Deque<RedisLink> idle = new ArrayDeque<>();
    private boolean closed;

    RedisConnections(RedisSettings settings) {
        this.settings = settings;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work {

        Object run(RedisLink link) throws LostException;
    }

    /** A command that does no harm when it is done twice. */
    Object repeatable(String command, List<byte[]> arguments) {
        return repeatable(link -> link.execute(command, arguments));
    }

    /** The same of a script. */
    Object repeatable(RedisScript script, List<byte[]> keysAndArguments) {
        return repeatable(link -> link.evaluate(script, keysAndArguments));
    }

    private Object repeatable(Work work) {
        try {
            return with(work);
        } catch (LostException first) {
            try {
                return with(work);
            } catch (LostException e) {
                throw new StorageUnavailableException("The connection to Redis failed", e.reason());
            }
        }
    }

    /**
     * A script that must not run twice.
     *
     * @throws SendOutcomeUnknownException if it may have run or not
     */
    Object once(RedisScript script, List<byte[]> keysAndArguments) {
        try {
            return with(link -> link.evaluate(script, keysAndArguments));
        } catch (LostException e) {
            throw new SendOutcomeUnknownException(e.reason());
        }
    }

    private Object with(Work work) throws LostException {
        acquire();
        RedisLink link = null;
        boolean good = false;
        try {
            link = connected();
            Object answer = work.run(link);
            good = true;
            return answer;
        } catch (LostException e) {
            // The others ended with the same server.
            discardIdle();
            throw e;
        } finally {
            giveBack(link, good);
            permits.release();
        }
    }

    private void acquire() {
        try {
            if (!permits.tryAcquire(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StorageUnavailableException("All " + MOST + " connections to Redis are busy", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailableException("Interrupted while waiting for a connection to Redis", e);
        }
    }

    private RedisLink connected() {
        for (RedisLink link = takeIdle(); link != null; link = takeIdle()) {
            if (link.works(TRUSTED_NANOS)) {
                return link;
            }
            link.close();
        }
        backOff.check();
        try {
            var link = new RedisLink(settings);
            backOff.connected();
            return link;
        } catch (LostException e) {
            backOff.failed(e.reason());
            throw new StorageUnavailableException("Redis cannot be reached", e.reason());
        }
    }

    private @Nullable RedisLink takeIdle() {
        synchronized (idle) {
            if (closed) {
                throw new StorageUnavailableException("The application is being stopped", null);
            }
            return idle.pollLast();
        }
    }

    private void giveBack(@Nullable RedisLink link, boolean good) {
        if (link == null) {
            return;
        }
        synchronized (idle) {
            if (good && !closed) {
                idle.addLast(link);
                return;
            }
        }
        link.close();
    }

    private void discardIdle() {
        List<RedisLink> all;
        synchronized (idle) {
            all = List.copyOf(idle);
            idle.clear();
        }
        all.forEach(RedisLink::close);
    }

    /** Ends all connections; what is under way ends with its answer. */
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
        }
        discardIdle();
    }
}
