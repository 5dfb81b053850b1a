package io.eventstream.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/**
 * A transaction of its own. By the interceptor and not by {@code UserTransaction}, which servers refuse to begin one with
 * while another completes.
 */
@ApplicationScoped
class NewTransaction {

    /**
     * Does it in a new transaction.
     *
     * @throws Exception why the commit failed: the server's interceptor may throw one that is checked
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public <T> T run(Supplier<T> work) throws Exception {
        return work.get();
    }
}
