package io.eventstream.it;

import io.eventstream.api.EventStream;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.api.SendRolledBackException;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** An application's business methods that send. */
@Stateless
public class SendingBean {

    private static final String CHANNEL = "door1";

    @Inject
    Event<EventStreamMessage> events;

    @Inject
    EventStream stream;

    @Resource
    SessionContext context;

    @EJB
    SendingBean self;

    private void fire(Object data) {
        events.fire(EventStreamMessage.of(CHANNEL, "message", data));
    }

    /** Fires in a transaction that stays open until told. */
    public void fireAndWait(CountDownLatch fired, CountDownLatch commit) throws InterruptedException {
        fire(1);
        fired.countDown();
        if (!commit.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Nobody let the transaction commit");
        }
    }

    /** Fires several in order. */
    public void fireInOrder(int count) {
        for (int i = 1; i <= count; i++) {
            fire(i);
        }
    }

    /** Fires, then gives the transaction up. */
    public void fireAndMarkForRollback() {
        fire("gone");
        context.setRollbackOnly();
    }

    /** Fires in a transaction that can no longer commit. */
    public void markForRollbackAndFire() {
        context.setRollbackOnly();
        fire("gone");
    }

    /** Fires, then fails. */
    public void fireAndFail() {
        fire("gone");
        throw new IllegalStateException("as the test wants");
    }

    /** Fires without a transaction; the event is on its way before this returns. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void fireWithoutTransaction(CountDownLatch fired, CountDownLatch goOn) throws InterruptedException {
        fireAndWait(fired, goOn);
    }

    /** An inner transaction commits, the outer one does not. */
    public void fireInInnerTransactionAndRollBack() {
        fire("outer");
        self.fireInOrder2();
        context.setRollbackOnly();
    }

    /** The inner one. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void fireInOrder2() {
        fire("inner 1");
        fire("inner 2");
    }

    /** Fires asynchronously and rolls back. */
    public void fireAsyncAndRollBack() {
        events.fireAsync(EventStreamMessage.of(CHANNEL, "message", "async"));
        context.setRollbackOnly();
    }

    /** {@return the stage of a message that is sent in a transaction, seen from inside of it} */
    public CompletionStage<String> send(boolean rollBack) {
        var stage = stream.send(EventStreamMessage.of(CHANNEL, "message", "sent"));
        String inside;
        try {
            stage.toCompletableFuture().join();
            inside = "waited";
        } catch (IllegalStateException e) {
            inside = "refused to wait";
        }
        String seen = inside;
        if (rollBack) {
            context.setRollbackOnly();
        }
        return stage.thenApply(event -> seen + ", " + event.channel() + ", id " + event.id())
                .exceptionally(failure -> seen + ", "
                        + (failure.getCause() instanceof SendRolledBackException ? "rolled back" : failure));
    }

    /** Sends, and returns once others have done so too in transactions that are open at the same time. */
    public void sendAndMeet(String channel, CyclicBarrier others) throws Exception {
        events.fire(EventStreamMessage.of(channel, "message", "met"));
        others.await(5, TimeUnit.SECONDS);
    }
}
