package io.eventstream.storage;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Transactions of a process that kills itself, as {@code kill -9} does, the n-th time that it comes by a point. */
final class CrashingTransactions implements Transactions {

    private final LocalTransactions transactions;
    private final CrashPoint point;
    private final AtomicInteger left;
    private volatile boolean armed;

    CrashingTransactions(LocalTransactions transactions, CrashPoint point, int times) {
        this.transactions = transactions;
        this.point = point;
        this.left = new AtomicInteger(times);
    }

    /** What the start of the process does is not counted. */
    void arm() {
        armed = true;
    }

    void passed(CrashPoint passed) {
        if (armed && passed == point && left.decrementAndGet() == 0) {
            try {
                new ProcessBuilder(
                                "kill",
                                "-9",
                                Long.toString(ProcessHandle.current().pid()))
                        .start();
                Thread.currentThread().join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public <T> T own(Function<EntityManager, T> work) {
        T result = transactions.own(em -> {
            T done = work.apply(counting(em));
            passed(CrashPoint.BEFORE_COMMIT);
            return done;
        });
        passed(CrashPoint.AFTER_COMMIT);
        return result;
    }

    private EntityManager counting(EntityManager em) {
        return (EntityManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("create")) {
                        passed(CrashPoint.BETWEEN_STATEMENTS);
                    }
                    try {
                        return method.invoke(em, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public <T> T joined(Function<EntityManager, T> work) {
        return transactions.joined(work);
    }
}
