package io.eventstream.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Completed at the end of a transaction, or later. Whoever waits for it on the transaction's own thread would wait for ever for
 * his own commit, so that is refused.
 */
final class CommitStage<T> extends SendStage<T> {

    private final Thread committer;
    /** The stage of the commit itself; once it is done, what depends on it can be waited for on any thread. */
    private final CommitStage<?> commit;

    private volatile boolean committed;

    CommitStage(Executor application) {
        super(application);
        this.committer = Thread.currentThread();
        this.commit = this;
    }

    private CommitStage(CommitStage<?> commit) {
        super(commit.defaultExecutor());
        this.committer = commit.committer;
        this.commit = commit;
    }

    /** The transaction has ended, so whoever committed it may wait. */
    void transactionEnded() {
        committed = true;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CommitStage<>(commit);
    }

    @Override
    public T join() {
        refuseToWait();
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseToWait();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        refuseToWait();
        return super.get(timeout, unit);
    }

    private void refuseToWait() {
        if (!isDone() && !commit.committed && !commit.isDone() && Thread.currentThread() == committer) {
            throw new IllegalStateException(
                    "This completes after the commit of the transaction that this thread is in;"
                            + " to wait for it here would be to wait for ever. Use thenAccept, or send outside the transaction");
        }
    }
}
