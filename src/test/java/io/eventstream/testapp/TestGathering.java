package io.eventstream.testapp;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Requests that wait for each other, so that each of them has a thread of the server's. */
@Path("gathering")
@ApplicationScoped
public class TestGathering {

    /** Without another for so long, the server has no more threads. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

    private final Map<String, Integer> arrived = new HashMap<>();

    /**
     * Returns once so many are here, or no more come.
     *
     * @param name of this gathering alone
     */
    @POST
    public void join(@QueryParam("name") String name, @QueryParam("count") int count) throws InterruptedException {
        // Not a synchronized method: the proxy's would hold its own lock meanwhile.
        synchronized (arrived) {
            arrived.merge(name, 1, Integer::sum);
            arrived.notifyAll();
            int seen = 0;
            long deadline = 0;
            while (arrived.get(name) < count) {
                if (arrived.get(name) != seen) {
                    seen = arrived.get(name);
                    deadline = System.nanoTime() + PATIENCE;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(arrived, left);
            }
        }
    }
}
