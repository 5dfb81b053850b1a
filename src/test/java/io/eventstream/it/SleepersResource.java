package io.eventstream.it;

import io.eventstream.testapp.TestStorage;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Business transactions that stay open until all of them have come as far. */
@Path("sleepers")
@RequestScoped
public class SleepersResource {

    private static final String CHANNEL = "same";

    @Resource
    ManagedThreadFactory threads;

    @EJB
    SendingBean bean;

    @Inject
    TestStorage storage;

    /** {@return how many met, that send on one channel} */
    @POST
    @Path("sending")
    public String sending(@QueryParam("count") int count) throws InterruptedException {
        return meet(count, barrier -> bean.sendAndMeet(CHANNEL, barrier));
    }

    /** {@return how many met, that lock the counter of one channel} */
    @POST
    @Path("locking")
    public String locking(@QueryParam("count") int count) throws InterruptedException {
        return meet(count, barrier -> storage.lockAndMeet(CHANNEL, barrier));
    }

    private interface Business {
        void run(CyclicBarrier others) throws Exception;
    }

    private String meet(int count, Business business) throws InterruptedException {
        var barrier = new CyclicBarrier(count);
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Callable<Boolean> call = () -> {
                business.run(barrier);
                return true;
            };
            var task = new FutureTask<>(call);
            tasks.add(task);
            threads.newThread(task).start();
        }
        int met = 0;
        for (FutureTask<Boolean> task : tasks) {
            try {
                if (task.get()) {
                    met++;
                }
            } catch (ExecutionException e) {
                continue;
            }
        }
        return met + " met";
    }
}
