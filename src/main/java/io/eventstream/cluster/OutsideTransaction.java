package io.eventstream.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Without the caller's transaction, which waits meanwhile. */
@ApplicationScoped
class OutsideTransaction {

    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public void run(Runnable work) {
        work.run();
    }
}
