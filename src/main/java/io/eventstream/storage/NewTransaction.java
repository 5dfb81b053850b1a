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

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public <T> T run(Supplier<T> work) {
        return work.get();
    }
}
