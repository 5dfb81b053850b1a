package io.eventstream.server;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * What each server has under a name of the platform. A look-up needs a thread of the application's, and costs more than a
 * send, so whoever wants one often keeps it.
 */
public final class ServerObjects {

    private ServerObjects() {}

    /** {@return makes threads with the application's context} */
    static ManagedThreadFactory threads() {
        return lookUp("java:comp/DefaultManagedThreadFactory", "Jakarta Concurrency");
    }

    /** {@return gives the application's context to threads that the server has not made} */
    public static ContextService contexts() {
        return lookUp("java:comp/DefaultContextService", "Jakarta Concurrency");
    }

    /** {@return runs tasks with the application's context; few at once, so nothing of ours waits there} */
    public static ManagedExecutorService executor() {
        return lookUp("java:comp/DefaultManagedExecutorService", "Jakarta Concurrency");
    }

    /** {@return one object for the transactions of all threads} */
    public static TransactionSynchronizationRegistry transactions() {
        return lookUp("java:comp/TransactionSynchronizationRegistry", "Jakarta Transactions");
    }

    /** {@return begins and ends transactions, for a thread of the application's} */
    public static UserTransaction userTransaction() {
        return lookUp("java:comp/UserTransaction", "Jakarta Transactions");
    }

    @SuppressWarnings({"BanJNDI", "TypeParameterUnusedInFormals"}) // names of the platform's, each of one type
    private static <T> T lookUp(String name, String specification) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException("The server has no " + name + " (" + specification + ")", e);
        }
    }
}
