package io.eventstream.it;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Calls the business methods. */
@Path("sending")
@RequestScoped
public class SendingResource {

    private static final Map<String, CountDownLatch> LATCHES = new ConcurrentHashMap<>();

    @EJB
    SendingBean bean;

    /** Lets a method go on that waits. */
    @POST
    @Path("go-on")
    public void goOn() {
        latch("go-on").countDown();
        LATCHES.clear();
    }

    /** Returns once a method has fired. */
    @POST
    @Path("await-fired")
    public void awaitFired() throws InterruptedException {
        latch("fired").await();
    }

    private static CountDownLatch latch(String name) {
        return LATCHES.computeIfAbsent(name, key -> new CountDownLatch(1));
    }

    /** {@return what the method returns} */
    @POST
    @Path("{method}")
    public String call(@PathParam("method") String method, @QueryParam("count") int count) throws InterruptedException {
        switch (method) {
            case "fireAndWait" -> bean.fireAndWait(latch("fired"), latch("go-on"));
            case "fireWithoutTransaction" -> bean.fireWithoutTransaction(latch("fired"), latch("go-on"));
            case "fireInOrder" -> bean.fireInOrder(count);
            case "fireAndMarkForRollback" -> bean.fireAndMarkForRollback();
            case "markForRollbackAndFire" -> bean.markForRollbackAndFire();
            case "fireAndFail" -> {
                try {
                    bean.fireAndFail();
                } catch (EJBException e) {
                    return "failed";
                }
            }
            case "fireInInnerTransactionAndRollBack" -> bean.fireInInnerTransactionAndRollBack();
            case "fireAsyncAndRollBack" -> bean.fireAsyncAndRollBack();
            case "sendAndCommit" -> {
                return bean.send(false).toCompletableFuture().join();
            }
            case "sendAndRollBack" -> {
                return bean.send(true).toCompletableFuture().join();
            }
            default -> throw new IllegalArgumentException(method);
        }
        return "done";
    }
}
